#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/api.hpp"
#include "estimators/estimator.hpp"
#include "sim/models/interface/any_model.hpp"

namespace fisherlab::estimators {

/// The parts of the second-order covariance of the maximum likelihood estimate, p x p each:
///   n Cov(theta_hat) = I^-1 + V/n + O(n^-2),   V = D I^-1 + I^-1 D' + N + H.
struct SecondOrderCovariance {
  Eigen::MatrixXd of_bias;    ///< D I^-1 + I^-1 D', D = db/dtheta' with b/n the first-order bias
  Eigen::MatrixXd of_naming;  ///< N = G_cd^a G_ef^b I^ce I^df/2: how far the coordinates are from natural ones
  Eigen::MatrixXd of_law;     ///< H: the statistical curvature of the law, 0 for an exponential family

  /// V.
  Eigen::MatrixXd total() const { return of_bias + of_naming + of_law; }
  /// V of the estimate less its first-order bias, theta_hat - b(theta_hat)/n.
  Eigen::MatrixXd bias_corrected() const { return of_naming + of_law; }
};

/// With l the log density of one observation, indices derivatives in theta, and sums over repeated ones,
///   G_cd^a = I^ak E[(l_cd + l_c l_d) l_k],
///   H^ab = I^ak I^bm I^cd Cov(h_kc, h_md),   h_kc what is left of l_kc after its regression on the scores.
/// Derivation: as E theta_hat = theta + b/n + O(n^-2), the score S of the sample has Cov(theta_hat, S) = 1 + D/n, so
/// the regression on S has the covariance (1 + D/n) (n I)^-1 (1 + D/n)', which gives I^-1/n and the first part. What
/// the regression leaves is, with U = I^-1 S/sqrt(n) and h = n^-1/2 sum h_i, to leading order
///   n^-1 {I^ak h_kc U^c - G_cd^a (U^c U^d - I^cd)/2},
/// by Newton's step and Bartlett's identity for E l_kcd; h is not correlated with U, and Var(U^c U^d) gives N.
/// D by central differences (five points) of the first-order bias, the model's own formula where it states one, else
/// that of Cox and Snell; expectations by quadrature, I from the model.
///
/// Holds for regular models of one or two coordinates whose estimate has a variance. The scalar case is that of Efron
/// (1975), Annals of Statistics 3, 1189-1242: curvature squared, the naming curvature and the slope of the bias.
/// @throws InputError as cox_snell_bias.
FISHERLAB_API SecondOrderCovariance second_order_covariance(sim::BatchModel const& model,
                                                            std::span<double const> theta);

/// n^2 times the second-order term of the bias, b' in E t = g + b/n + b'/n^2 + O(n^-3), of an estimator whose exact
/// mean is known, by Richardson's extrapolation of n (n (E t - g) - b) from n = 100, 200, 400 and 800; nothing where it
/// is not known. `first_order`: b.
FISHERLAB_API std::optional<std::vector<double>> second_order_bias(Estimator const& estimator,
                                                                   std::span<double const> theta,
                                                                   std::span<double const> first_order);

}  // namespace fisherlab::estimators

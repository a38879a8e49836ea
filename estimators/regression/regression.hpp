#pragma once

#include <array>
#include <optional>
#include <vector>

#include "base/api.hpp"
#include "estimators/closed_intervals.hpp"
#include "estimators/regression/lane_fit.hpp"

namespace fisherlab::estimators {

/// Sandwich standard errors of four kinds, HC0 to HC3.
inline constexpr std::size_t sandwich_kinds = 4;

/// One coefficient of a regression fitted to data.
struct Coefficient {
  int column = 0;  ///< of the matrix of inputs
  double estimate = 0;
  double std_error = 0;                              ///< from the expected information; of a normal law with s^2
  double statistic = 0;                              ///< estimate over std_error
  double p_value = 1;                                ///< two-sided; Student's t for the normal law, else normal
  std::array<double, sandwich_kinds> sandwich = {};  ///< standard errors HC0, HC1, HC2, HC3; NaN where a leverage is 1
};

/// A regression fitted to data by maximum likelihood.
struct RegressionFit {
  Family family = Family::linear;
  bool found = false;
  Eigen::VectorXd gamma;  ///< in the coordinates of the design
  std::vector<Coefficient> coefficients;
  double log_likelihood = 0;  ///< with all constants
  double deviance = 0;
  int parameters = 0;                 ///< estimated ones, the variance or the size among them
  double residual_degrees = 0;        ///< n minus the number of coefficients
  double dispersion = 1;              ///< s^2 of the normal law, else 1
  double pearson = 0;                 ///< sum of the squared Pearson residuals
  std::optional<double> size;         ///< of the negative binomial law
  double size_error = 0;              ///< its standard error, from the observed information in the size alone
  bool is_poisson_limit = false;      ///< the likelihood of the size rises up to the Poisson law
  Eigen::VectorXd mean;               ///< n
  Eigen::VectorXd expected;           ///< n: w times the expected weight
  Eigen::VectorXd score;              ///< n: w d log p/d eta
  Eigen::VectorXd leverage;           ///< n, as R's hatvalues()
  Eigen::VectorXd pearson_residual;   ///< n: (y - mean) sqrt(w/variance function), variances without dispersion
  Eigen::VectorXd deviance_residual;  ///< n

  /// Where the search in lanes would start again.
  FISHERLAB_API LanePoint point() const;
};

/// Fits a regression. Standard errors and p-values are those of R's lm(), glm() and MASS::glm.nb(), the sandwich those
/// of sandwich::vcovHC(): with u_i = w_i d log p(y_i)/d eta, bread B = (X'WVX)^-1 and leverages h_i,
///   B X' diag(u_i^2 c_i) X B,   c_i = 1, n/(n - p), 1/(1 - h_i), 1/(1 - h_i)^2.
/// Sources: Huber (1967) and White (1980) for HC0; MacKinnon and White (1985) for HC1 to HC3.
FISHERLAB_API RegressionFit fit_regression(Family family, RegressionDesign const& design, Eigen::VectorXd const& y);

/// The sandwich standard errors of c'gamma for each row c' of `contrasts`.
FISHERLAB_API std::vector<std::array<double, sandwich_kinds>> sandwich_errors(RegressionDesign const& design,
                                                                              RegressionFit const& fit);

/// The values of coefficient a that the likelihood-ratio test does not reject, all else, the size too, at its maximum:
/// twice the log of the ratio is at most z^2. For the normal law, its variance at the maximum, that is where
/// n log(1 + t^2/(n - p)) <= z^2, t = (estimate - value)/std_error.
FISHERLAB_API Bounds regression_ratio_interval(RegressionDesign const& design, Eigen::VectorXd const& y,
                                               RegressionFit const& fit, std::size_t a, double z);

/// Cook's distance of each row, e_i^2 h_i/(dispersion p (1 - h_i)^2), e_i the Pearson residual; NaN where h_i = 1.
/// Source: Cook (1977), Technometrics 19, 15-18; Williams (1987) for generalised linear models.
FISHERLAB_API Eigen::VectorXd cook_distances(RegressionFit const& fit);

/// DFBETAS, n x p, as R's dfbetas(): the change of each coefficient without the row, to one step on deviance residuals
/// d_i, B x_i sqrt(W_i) d_i/(1 - h_i), over s_(i) sqrt(B_jj), s_(i)^2 = (sum d^2 - d_i^2/(1 - h_i))/(n - p - 1).
/// Source: Belsley, Kuh and Welsch (1980), section 2.1.
FISHERLAB_API Eigen::MatrixXd dfbetas(RegressionDesign const& design, RegressionFit const& fit);

}  // namespace fisherlab::estimators

#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "base/statistics/interval.hpp"

namespace fisherlab::claims {

/// Joint moments over R = `count` replicates of numbers y and of controls c, whose means are known: y first.
struct ControlledMoments {
  Eigen::VectorXd mean;
  Eigen::MatrixXd covariance;  ///< of one replicate, divisor R - 1
  std::int64_t count = 0;
  Eigen::VectorXd control_means;  ///< E c, at the end of `mean` as many; may be empty
};

/// A mean vector with the covariance of its error.
struct EstimatedVector {
  Eigen::VectorXd value;
  Eigen::MatrixXd variance;
};

/// Regression of L y on the controls: coefficients beta (k x rows of L).
Eigen::MatrixXd control_coefficients(ControlledMoments const& moments, Eigen::MatrixXd const& l);

/// E[L y] estimated by L ybar - beta'(cbar - E c), for a beta that other replicates gave: unbiased whatever beta is,
/// and as exact as beta explains, but no standard error of what varies is below 1e-7: the means of controls are known
/// to 1e-8.
EstimatedVector adjusted_mean(ControlledMoments const& moments, Eigen::MatrixXd const& l, Eigen::MatrixXd const& beta);

/// What is estimated of w, with y = (w, iso_vech(w w')).
enum class SecondMoments { covariance, about_zero };

/// sqrt(n) E w by half of the replicates, with coefficients from the `other` half.
EstimatedVector adjusted_first(ControlledMoments const& own, ControlledMoments const& other, Eigen::Index r, double n);
/// iso_vech of Cov w, or of E w w', by half of the replicates with coefficients from the `other` half:
///   Cov w = E (w - m)(w - m)' - (E w - m)(E w - m)',  m the adjusted mean of the other half.
/// Centred at the ADJUSTED mean: a plain one would add its own error squared, which no standard error shows.
EstimatedVector adjusted_second(ControlledMoments const& own, ControlledMoments const& other, Eigen::Index r,
                                SecondMoments kind);

/// One sample size of a grid: the estimate there by each half of the replicates.
struct GridPoint {
  double n = 0;
  std::array<EstimatedVector, 2> halves;
};

/// n (d(n) - a) at each size: for the coefficient b of d(n) = a + b/n + ..., as its limit, where a is given. What is
/// not known of d(n) by rounding (1e-7) counts n times as much.
std::vector<GridPoint> beyond(std::vector<GridPoint> grid, Eigen::VectorXd const& a);

/// Limit of d(n) = a + b/n + c/n^2 + e/n^3 over a grid of at least five sizes.
struct Extrapolation {
  EstimatedVector limit;   ///< a
  EstimatedVector second;  ///< b
  EstimatedVector last;    ///< e/n_1^3, the last term at the smallest size
  /// |sum_k w_k (n_1/n_k)^4|, w the weights of a: how much of the first neglected term at n_1 enters a.
  double neglected = 0;
  double fit = 1;  ///< the smallest p-value of the lack-of-fit tests, times their number, at most 1
};

/// Weighted least squares on each half, with weights from the variances that the OTHER half shows, so that they are
/// fixed beforehand; the two limits are averaged. Lack of fit: the weighted squares of the residuals of each component
/// in each half against chi^2 with (sizes - 4) degrees of freedom, where a neglected term as large as the last one
/// counts as error.
/// @throws InputError for fewer than five sizes.
Extrapolation extrapolate(std::vector<GridPoint> const& grid);

/// An interval of a function of a limit, wider by what the expansion neglects: `measure` is asked for the limit and for
/// the last term, each at half of alpha. The first neglected term at the smallest size is taken to be no larger than
/// the last one kept. Unbounded when the lack of fit is below 1e-6, which says that the expansion does not hold over
/// this grid, and nothing else.
Interval limit_interval(Extrapolation const& extrapolation, double alpha,
                        std::function<Interval(EstimatedVector const&, double alpha)> const& of_limit,
                        std::function<Interval(EstimatedVector const&, double alpha)> const& size_of);

}  // namespace fisherlab::claims

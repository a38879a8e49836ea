#include "claims/evidence/mean.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/dense/cholesky.hpp"
#include "base/expects.hpp"
#include "base/special/noncentral.hpp"
#include "base/special/quantiles.hpp"

namespace fisherlab::claims {
namespace {

constexpr double largest_inverted_t_squared = 1e4;

/// d' V^-1 d, or NaN when V is singular to working precision. V is scaled to unit diagonal first, so that units do not
/// enter the decision.
double mahalanobis_squared(Eigen::VectorXd const& difference, Eigen::MatrixXd const& covariance) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  if (!difference.allFinite() || !covariance.allFinite() || !(covariance.diagonal().minCoeff() > 0)) return nan;
  Eigen::VectorXd const scale = covariance.diagonal().cwiseSqrt().cwiseInverse();
  Eigen::MatrixXd const correlation = scale.asDiagonal() * covariance * scale.asDiagonal();
  Cholesky const factor(correlation);
  if (!factor.positive_definite() || !(factor.reciprocal_condition() > 1e-12)) return nan;
  return factor.solve_lower(Eigen::VectorXd(scale.cwiseProduct(difference))).squaredNorm();
}

struct Range {
  double lower = 0;
  double upper = 0;
};

/// A range for shift = sqrt(R) Delta that needs no noncentral law. In the norm of the sample covariance the estimated
/// and the true difference are within c of each other but for alpha/2 (central T^2). The true difference measured by
/// the sample and by the true covariance differ by a factor known in law: d' Sigma^-1 d / (d' W^-1 d) is chi^2_{R-p}
/// for the Wishart matrix W = (R-1) V; that takes the other alpha/2. The union bound makes the range valid.
Range shift_by_triangle(double root_t_squared, std::int64_t dimension, std::int64_t count, double alpha) {
  double const critical = hotelling_critical(dimension, count, alpha / 2);
  ChiSquaredRange const ratio = chi_squared_range(count - dimension, alpha / 2);
  auto const degrees = static_cast<double>(count - 1);
  return {std::max(0.0, root_t_squared - critical) * std::sqrt(ratio.lower / degrees),
          (root_t_squared + critical) * std::sqrt(ratio.upper / degrees)};
}

/// Narrows a bracket on which `is_low` is true at `low` and false at `high`. Plain bisection: tails underflow to zero,
/// and a sign is all that is trusted.
template <class Test>
Range bisect(double low, double high, Test is_low) {
  for (int step = 0; step < 200 && high - low > 1e-10 * high; ++step) {
    double const middle = low + (high - low) / 2;
    (is_low(middle) ? low : high) = middle;
  }
  return {low, high};
}

Range shift_by_inversion(double t_squared, HotellingLaw const& law, double alpha) {
  double const tail = alpha / 2;
  auto const p = static_cast<double>(law.dimension);
  double const root = std::sqrt(t_squared);
  Range const rough = shift_by_triangle(root, law.dimension, law.count, alpha);

  auto const too_unlikely = [&](double shift) { return law.above(t_squared, shift) < tail; };
  Range result;
  if (too_unlikely(0)) {
    double const start = too_unlikely(rough.lower) ? rough.lower : 0.0;
    double stop = std::max(root, rough.lower);
    while (too_unlikely(stop)) stop *= 2;
    result.lower = bisect(start, stop, too_unlikely).lower;
  }
  double const floored = std::max(t_squared, p);
  auto const still_likely = [&](double shift) { return law.below(floored, shift) > tail; };
  double stop = std::max(rough.upper, std::sqrt(floored));
  while (still_likely(stop)) stop *= 2;
  double const start = still_likely(root) ? root : 0.0;
  result.upper = std::max(root, bisect(start, stop, still_likely).upper);
  return result;
}

}  // namespace

Interval mean_interval(SampleMoments const& sample, double alpha) {
  expects_alpha(alpha);
  expects(sample.count >= 2, "fewer than two replicates (a mean of one has no standard error), draw more replicates");
  expects(!(sample.variance < 0), "the variance is negative (it is a sum of squares), check the tally");
  double const std_error = std::sqrt(sample.variance / static_cast<double>(sample.count));
  if (sample.has_shape() || sample.variance == 0) {
    auto const level = far_level(alpha);
    auto const reach = far_reach(sample, level);
    if (!reach.valid) return open_interval(sample.mean, std_error, reason_for(reach, sample.count, level), reach.needed_at_least);
    return {sample.mean, std_error, sample.mean - reach.down, sample.mean + reach.up};
  }
  double const reach = student_critical(sample.count - 1, alpha) * std_error;
  return {sample.mean, std_error, sample.mean - reach, sample.mean + reach};
}

Interval constant_interval(double value) { return {value, 0, value, value}; }

Interval mean_distance(Eigen::VectorXd const& difference, Eigen::MatrixXd const& covariance, std::int64_t count,
                       double alpha) {
  expects_alpha(alpha);
  auto const dimension = static_cast<std::int64_t>(difference.size());
  expects(dimension >= 1 && covariance.rows() == dimension && covariance.cols() == dimension,
          "covariance and difference disagree in size (the distance needs p and p x p), pass those of one tally");
  if (count <= dimension) return vacuous_interval();
  double const squared = mahalanobis_squared(difference, covariance);
  if (!std::isfinite(squared)) return vacuous_interval();

  auto const replicates = static_cast<double>(count);
  double const t_squared = replicates * squared;
  Range const shift = t_squared <= largest_inverted_t_squared
                          ? shift_by_inversion(t_squared, HotellingLaw{dimension, count}, alpha)
                          : shift_by_triangle(std::sqrt(t_squared), dimension, count, alpha);
  // Delta method for normal data: 1/R from the mean, Delta^2/(2R) from the covariance.
  double const std_error = std::sqrt((1 + squared / 2) / replicates);
  double const root = std::sqrt(replicates);
  return {std::sqrt(squared), std_error, shift.lower / root, shift.upper / root};
}

}  // namespace fisherlab::claims

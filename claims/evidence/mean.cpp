#include "claims/evidence/mean.hpp"

#include <Eigen/Core>
#include <cmath>

#include "base/expects.hpp"
#include "base/special/quantiles.hpp"

namespace fisherlab::claims {

Interval mean_interval(SampleMoments const& sample, double alpha) {
  expects_alpha(alpha);
  expects(sample.count >= 2, "fewer than two replicates (a mean of one has no standard error), draw more replicates");
  expects(!(sample.variance < 0), "the variance is negative (it is a sum of squares), check the tally");
  double const std_error = std::sqrt(sample.variance / static_cast<double>(sample.count));
  if (sample.has_shape() || sample.variance == 0) {
    auto const level = far_level(alpha);
    auto const reach = far_reach(sample, level);
    if (!reach.valid)
      return open_interval(sample.mean, std_error, reason_for(reach, sample.count, level), reach.needed_at_least);
    return {sample.mean, std_error, sample.mean - reach.down, sample.mean + reach.up};
  }
  double const reach = student_critical(sample.count - 1, alpha) * std_error;
  return {sample.mean, std_error, sample.mean - reach, sample.mean + reach};
}

Interval mean_interval(SampleMoments const& sample, ByLaw const& by_law, double alpha) {
  auto const interval = mean_interval(sample, alpha);
  Eigen::VectorXd const one = Eigen::VectorXd::Ones(1);
  if (!by_law.moments || (by_law.constant && by_law.constant(one))) return interval;
  auto const level = far_level(alpha);
  auto const reach = reach_along(Directions([&](Eigen::VectorXd const&) { return sample; }, by_law), one, level);
  if (reach.valid) return interval;
  return open_interval(sample.mean, interval.std_error, reason_for(reach, sample.count, level), reach.needed_at_least);
}

Interval constant_interval(double value) { return {value, 0, value, value}; }

}  // namespace fisherlab::claims

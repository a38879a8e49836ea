#include "claims/evidence/ratio.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "base/expects.hpp"
#include "base/special/quantiles.hpp"

namespace fisherlab::claims {
namespace {

/// Where 0 leaves the interval of numerator - rho denominator, seen from `inside` in steps of `step` that double; NaN
/// when it never does. `open` is given a reason when a reach on the way is not valid.
double end_of(PairMoments const& pair, double inside, double step, FarLevel const& level, Interval& open) {
  auto const holds_zero = [&](double rho) {
    auto const moments = pair.less(rho);
    auto const reach = far_reach(moments, level);
    if (!reach.valid && open.reason.empty()) open.reason = reason_for(reach, moments.count, level);
    open.needed = std::max(open.needed, reach.needed_at_least);
    return moments.mean - reach.down <= 0 && moments.mean + reach.up >= 0;
  };
  double outside = inside + step;
  for (int k = 0; k < 60 && holds_zero(outside); ++k) {
    inside = outside;
    outside += (step *= 2);
  }
  if (holds_zero(outside)) return std::numeric_limits<double>::quiet_NaN();
  for (int k = 0; k < 100 && std::abs(outside - inside) > 1e-12 * std::abs(step); ++k) {
    double const middle = inside + (outside - inside) / 2;
    (holds_zero(middle) ? inside : outside) = middle;
  }
  return inside + (outside - inside) / 2;
}

Interval ratio_by_reach(PairMoments const& pair, double ratio, double std_error, double alpha) {
  auto const level = far_level(alpha);
  auto open = open_interval(ratio, std_error, {});
  double const step = 0.5 * level.critical * std_error;
  double const lower = end_of(pair, ratio, -step, level, open);
  double const upper = end_of(pair, ratio, step, level, open);
  if (open.reason.empty() && std::isnan(lower + upper)) open.reason = "the denominator may be zero";
  if (!open.reason.empty()) return open;
  return {ratio, std_error, lower, upper};
}

}  // namespace

Interval ratio_of_means(PairMoments const& pair, double alpha) {
  expects_alpha(alpha);
  expects(pair.count >= 2, "fewer than two replicates (one has no standard error), draw more replicates");
  auto const replicates = static_cast<double>(pair.count);
  double const ratio = pair.numerator / pair.denominator;
  double const critical = student_critical(pair.count - 1, alpha);
  double const k = critical * critical / replicates;
  // rho^2 (b^2 - k v_bb) - 2 rho (a b - k v_ab) + (a^2 - k v_aa) <= 0, bounded when the first factor is positive.
  // Shifted by the estimate, rho = ratio + s, it reads s^2 first - 2 s middle - k v <= 0 with the v of the delta
  // method: no digits cancel.
  double const first = pair.denominator * pair.denominator - k * pair.variance_of_denominator;
  if (!(first > 0) || !std::isfinite(ratio)) return vacuous_interval();
  double const v = std::max(
      0.0, pair.variance_of_numerator - 2 * ratio * pair.covariance + ratio * ratio * pair.variance_of_denominator);
  double const std_error = std::sqrt(v / replicates) / std::abs(pair.denominator);
  if (pair.less) return ratio_by_reach(pair, ratio, std_error, alpha);
  double const middle = k * (ratio * pair.variance_of_denominator - pair.covariance);
  double const root = std::sqrt(middle * middle + first * k * v);
  return {ratio, std_error, ratio + (middle - root) / first, ratio + (middle + root) / first};
}

}  // namespace fisherlab::claims

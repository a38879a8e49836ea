#include "runs/diagnosis/interval_censoring.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "sim/lanes.hpp"
#include "sim/math/elementary.hpp"

namespace fisherlab::runs {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

IntervalCensoring::IntervalCensoring(estimators::LifeLaw const& law, std::vector<double> const& theta,
                                     estimators::CensoredSample const& sample) {
  std::vector<sim::Lanes> const t(theta.begin(), theta.end());
  std::map<std::pair<double, double>, double> counts;
  std::size_t exact = 0;
  for (std::size_t i = 0; i < sample.times.size(); ++i) {
    if (sample.is_observed[i] != 0)
      ++exact;
    else
      ++counts[{sample.times[i], sample.upper(i)}];
  }
  exact_share_ = static_cast<double>(exact) / static_cast<double>(sample.times.size());
  for (auto const& [ends, count] : counts) {
    double const probability = sim::exp(law.log_between(ends.first, ends.second, t.data())[0]);
    if (probability > 0) intervals_.push_back({ends.first, ends.second, count / probability});
    for (double const end : {ends.first, ends.second})
      if (std::isfinite(end)) ends_.push_back(end);
  }
  std::sort(ends_.begin(), ends_.end());
}

void IntervalCensoring::give_up(double x, double u, double v, estimators::CensoredSample& sample, std::size_t i) const {
  auto const put = [&](double lower, double upper) {
    sample.times[i] = lower;
    sample.uppers[i] = upper;
    sample.is_observed[i] = lower == upper ? 1 : 0;
  };
  if (u < exact_share_) return put(x, x);
  auto const end = std::partition_point(intervals_.begin(), intervals_.end(), [&](auto const& k) { return k.lower < x; });
  double total = 0;
  for (auto k = intervals_.begin(); k != end; ++k)
    if (x <= k->upper) total += k->weight;
  double left = v * total;
  for (auto k = intervals_.begin(); k != end; ++k) {
    if (x > k->upper) continue;
    left -= k->weight;
    if (left <= 0) return put(k->lower, k->upper);
  }
  if (exact_share_ > 0) return put(x, x);
  auto const next = std::lower_bound(ends_.begin(), ends_.end(), x);
  put(next == ends_.begin() ? -infinity : *std::prev(next), next == ends_.end() ? infinity : *next);
}

}  // namespace fisherlab::runs

#include "runs/diagnosis/censored/interval_censoring.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include "sim/lanes.hpp"
#include "sim/math/elementary.hpp"

namespace fisherlab::runs {
namespace {

using estimators::CensoredSample;

constexpr double infinity = std::numeric_limits<double>::infinity();

void put(double lower, double upper, CensoredSample& sample, std::size_t i) {
  sample.times[i] = lower;
  sample.uppers[i] = upper;
  sample.is_observed[i] = lower == upper ? 1 : 0;
}

bool is_grid(std::set<std::pair<double, double>> const& intervals) {
  double last = -infinity;
  for (auto const& [lower, upper] : intervals) {
    if (lower < last) return false;
    last = upper;
  }
  return true;
}

/// The last times at which units were seen: of right-censored ones known, of others not before the life was over.
CensoredSample last_seen(CensoredSample const& sample) {
  CensoredSample result;
  for (std::size_t i = 0; i < sample.times.size(); ++i) {
    bool const is_lost = sample.is_observed[i] == 0 && std::isinf(sample.upper(i));
    result.times.push_back(is_lost ? sample.times[i] : sample.upper(i));
    result.is_observed.push_back(is_lost ? 0 : 1);
  }
  return result;
}

}  // namespace

void IntervalCensoring::Weighted::add(double value, double weight) {
  values.push_back(value);
  sums.push_back((sums.empty() ? 0 : sums.back()) + weight);
}

double IntervalCensoring::Weighted::draw(double u) const {
  auto const at = std::lower_bound(sums.begin(), sums.end(), u * sums.back());
  return values[std::min(static_cast<std::size_t>(at - sums.begin()), values.size() - 1)];
}

IntervalCensoring::IntervalCensoring(estimators::LifeLaw const& law, std::vector<double> const& theta,
                                     CensoredSample const& sample)
    : lost_(last_seen(sample)) {
  std::vector<sim::Lanes> const t(theta.begin(), theta.end());
  auto const share_below = [&](double x) {
    return std::isinf(x) ? 0 : sim::exp(law.log_between(-infinity, x, t.data())[0]);
  };
  std::set<std::pair<double, double>> intervals;
  std::size_t exact = 0;
  double least = infinity;
  for (std::size_t i = 0; i < sample.times.size(); ++i) {
    exact += sample.is_observed[i] != 0;
    if (sample.is_observed[i] != 0) continue;
    // An end below which the law has nothing, as 0 of a life, is none.
    double const lower = share_below(sample.times[i]) > 0 ? sample.times[i] : -infinity, upper = sample.upper(i);
    intervals.emplace(lower, upper);
    for (double const end : {lower, upper})
      if (std::isfinite(end)) ends_.push_back(end);
    if (std::isfinite(lower)) least = std::min(least, lower);
    if (std::isinf(upper)) continue;
    if (std::isfinite(lower))
      gaps_.add(upper - lower, 1 / (upper - lower));
    else if (double const over = share_below(upper); over > 0)
      first_.add(upper, 1 / over);
  }
  exact_share_ = static_cast<double>(exact) / static_cast<double>(sample.times.size());
  std::sort(ends_.begin(), ends_.end());
  if (is_grid(intervals)) return;
  kind_ = gaps_.values.empty() ? Kind::one_look : Kind::visits;
  if (first_.values.empty()) first_.add(least, 1);
}

void IntervalCensoring::give_up(double x, sim::ScalarStream& stream, CensoredSample& sample, std::size_t i) const {
  if (stream.open_uniform() < exact_share_) return put(x, x, sample, i);
  if (kind_ == Kind::visits) return put_between_visits(x, stream, sample, i);
  if (kind_ == Kind::one_look) {
    auto const count = static_cast<double>(ends_.size());
    double const look = ends_[std::min(static_cast<std::size_t>(stream.open_uniform() * count), ends_.size() - 1)];
    return x <= look ? put(-infinity, look, sample, i) : put(look, infinity, sample, i);
  }
  auto const next = std::lower_bound(ends_.begin(), ends_.end(), x);
  double const seen_before = next == ends_.begin() ? -infinity : *std::prev(next);
  double seen_by = infinity;
  if (next != ends_.end()) seen_by = *next;
  put(seen_before, seen_by, sample, i);
}

void IntervalCensoring::put_between_visits(double x, sim::ScalarStream& stream, CensoredSample& sample,
                                           std::size_t i) const {
  double const last = lost_.time_of(stream.open_uniform());
  double seen = -infinity, next = first_.draw(stream.open_uniform());
  while (next < x && next < last) {
    seen = next;
    next += gaps_.draw(stream.open_uniform());
  }
  if (next < x || next > last) {  // the last look is the one at which the unit was lost
    next = last;
    if (next < x) return put(next, infinity, sample, i);
  }
  put(seen, next, sample, i);
}

}  // namespace fisherlab::runs

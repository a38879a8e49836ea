#include "runs/diagnosis/censored/censoring_law.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>

namespace fisherlab::runs {

CensoringLaw::CensoringLaw(estimators::CensoredSample const& sample) {
  std::size_t const n = sample.times.size();
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (sample.times[a] != sample.times[b]) return sample.times[a] < sample.times[b];
    return sample.is_observed[a] > sample.is_observed[b];  // ends first
  });
  double survival = 1;
  for (std::size_t k = 0; k < n;) {
    double const time = sample.times[order[k]];
    std::size_t const at = k;
    std::size_t ends = 0;
    for (; k < n && sample.times[order[k]] == time; ++k) ends += sample.is_observed[order[k]] != 0;
    std::size_t const at_risk = n - at - ends, given_up = k - at - ends;
    if (given_up == 0) continue;
    survival *= static_cast<double>(at_risk - given_up) / static_cast<double>(at_risk);
    times_.push_back(time);
    cumulative_.push_back(1 - survival);
  }
}

double CensoringLaw::time_of(double u) const {
  auto const at = std::lower_bound(cumulative_.begin(), cumulative_.end(), u);
  if (at == cumulative_.end()) return std::numeric_limits<double>::infinity();
  return times_[static_cast<std::size_t>(at - cumulative_.begin())];
}

}  // namespace fisherlab::runs

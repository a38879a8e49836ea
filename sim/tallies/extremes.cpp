#include "sim/tallies/extremes.hpp"

#include <algorithm>
#include <cstddef>

namespace fisherlab::sim {
namespace {

/// Whether one value is farther down than another, or as far and earlier.
bool is_lower(Extreme const& a, Extreme const& b) {
  return a.value < b.value || (a.value == b.value && a.replicate < b.replicate);
}
bool is_higher(Extreme const& a, Extreme const& b) {
  return a.value > b.value || (a.value == b.value && a.replicate < b.replicate);
}

template <class Order>
void keep(std::vector<Extreme>& values, std::vector<Extreme> const& more, Order const& order) {
  values.insert(values.end(), more.begin(), more.end());
  std::ranges::sort(values, order);
  if (values.size() > Extremes::most) values.resize(Extremes::most);
}

/// What the lanes hold, as entries with their replicates; a lane that saw nothing has batch -1.
std::vector<Extreme> entries(Lanes const& values, Lanes const& batches, std::int64_t first) {
  std::vector<Extreme> all;
  for (int lane = 0; lane < lane_count; ++lane)
    if (batches[lane] >= 0)
      all.push_back({values[lane], first + static_cast<std::int64_t>(batches[lane]) * lane_count + lane});
  return all;
}

}  // namespace

void Extremes::merge(Extremes const& other) {
  keep(lowest, other.lowest, is_lower);
  keep(highest, other.highest, is_higher);
}

Extremes BlockExtremes::finish(std::int64_t first) const {
  Extremes result;
  keep(result.lowest, entries(low_, low_batch_, first), is_lower);
  keep(result.highest, entries(high_, high_batch_, first), is_higher);
  return result;
}

}  // namespace fisherlab::sim

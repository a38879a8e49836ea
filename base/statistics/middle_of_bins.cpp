#include "base/statistics/middle_of_bins.hpp"

#include <algorithm>
#include <cmath>

namespace fisherlab {

std::vector<std::size_t> middle_of_bins(std::vector<double> const& values, std::size_t bins) {
  std::vector<std::size_t> known;
  for (std::size_t place = 0; place < values.size(); ++place)
    if (!std::isnan(values[place])) known.push_back(place);
  if (known.size() <= bins) return known;
  std::ranges::stable_sort(known, {}, [&](std::size_t place) { return values[place]; });
  std::vector<std::size_t> middle;
  for (std::size_t k = 0; k < bins; ++k) middle.push_back(known[(2 * k + 1) * known.size() / (2 * bins)]);
  std::ranges::sort(middle);
  return middle;
}

}  // namespace fisherlab

#include "runs/diagnosis/error_summaries.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "base/special/distributions.hpp"

namespace fisherlab::runs {

Estimated bias_in_deviations(ErrorMoments const& moments, double count) {
  double const m = moments.mean, variance = moments.variance, sd = std::sqrt(variance);
  double const ratio = m / sd;
  double const skew = (moments.with_square - 2 * m * variance) / (variance * sd);
  double const squares = moments.of_square - 4 * m * moments.with_square + 4 * m * m * variance;
  double const influence = 1 - ratio * skew + 0.25 * ratio * ratio * squares / (variance * variance);
  return {ratio, std::sqrt(std::max(influence, 0.0) / count)};
}

Estimated share_of(std::int64_t successes, std::int64_t count) {
  if (count == 0) return {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  double const s = static_cast<double>(successes) / static_cast<double>(count);
  return {s, std::sqrt(s * (1 - s) / static_cast<double>(count))};
}

double distance_to_normal(sim::Histogram const& law) {
  std::int64_t total = 0;
  for (auto const cell : law.cells) total += cell;
  std::int64_t below = 0;
  double largest = 0;
  for (int k = 0; k + 1 < sim::Histogram::cell_count; ++k) {
    below += law.cells[static_cast<std::size_t>(k)];
    double const share = static_cast<double>(below) / static_cast<double>(total);
    largest = std::max(largest, std::fabs(share - normal_cdf(sim::Histogram::upper_edge(k))));
  }
  return largest;
}

}  // namespace fisherlab::runs

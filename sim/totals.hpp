#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/api.hpp"
#include "sim/sample.hpp"

namespace fisherlab::sim {

/// Observations that a walk over a long sample takes at once: 128 KiB a coordinate, which stay in the second cache. A
/// multiple of the chunks in which samples are filled, and of the sums that are formed side by side.
inline constexpr std::int64_t tile_size = 2048;

/// Calls `f(begin, size)` for each tile of n observations in turn.
template <class F>
void each_tile(std::int64_t n, F const& f) {
  for (std::int64_t begin = 0; begin < n; begin += tile_size) f(begin, std::min(tile_size, n - begin));
}

/// Totals of a sample that is kept: those of no observation, and all of its.
template <class Totals>
Totals gathered(Totals totals, Sample const& sample) {
  totals.add(sample);
  return totals;
}

/// The total of the first coordinate, gathered from consecutive tiles; all but the last are a multiple of four long.
/// The same bits however a sample is cut.
class SampleTotal {
 public:
  FISHERLAB_API void add(Sample const& tile);

  /// Observations in each lane.
  double count() const { return static_cast<double>(count_); }
  Lanes sum() const { return (sums_[0] + sums_[1]) + (sums_[2] + sums_[3]); }
  Lanes mean() const { return sum() / Lanes(count()); }

 private:
  std::array<Lanes, 4> sums_ = {0.0, 0.0, 0.0, 0.0};
  std::int64_t count_ = 0;
};

/// Mean and squared deviations of the first coordinate, gathered from consecutive tiles; all but the last are a
/// multiple of `tile_size` long. The same bits however a sample is cut.
///
/// Up to `tile_size` observations: sum (x - mean)^2 about the sample's own mean. Beyond, each tile's about its own;
/// with means m and M of k and K observations, d = m - M, those together have the mean M + d k/(k + K) and the squares
///   S + s + d^2 k K/(k + K),
/// for sum (x - mean)^2 of a part is its own squares and its number times the squared distance of the means.
class SampleSpread {
 public:
  FISHERLAB_API void add(Sample const& tile);

  /// Observations in each lane.
  double count() const { return static_cast<double>(count_); }
  Lanes const& mean() const { return mean_; }
  /// sum (x - mean)^2
  Lanes const& squares() const { return squares_; }

 private:
  std::int64_t count_ = 0;
  Lanes mean_ = 0.0;
  Lanes squares_ = 0.0;
};

}  // namespace fisherlab::sim

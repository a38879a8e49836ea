#pragma once

#include <gtest/gtest.h>

#include <cstdint>

#include "base/statistics/interval.hpp"
#include "base/statistics/proportion.hpp"

namespace fisherlab::test {

/// How often an interval missed a known truth in repeated simulation.
struct Misses {
  std::int64_t too_low = 0;   ///< the whole interval lies below the truth
  std::int64_t too_high = 0;  ///< above it
  std::int64_t repeats = 0;

  std::int64_t all() const { return too_low + too_high; }
};

/// Counts the misses of `repeats` intervals, each from one call of `draw()`.
template <class Draw>
Misses count_misses(int repeats, double truth, Draw draw) {
  Misses misses;
  for (int k = 0; k < repeats; ++k) {
    Interval const interval = draw();
    misses.too_low += interval.upper < truth;
    misses.too_high += !(interval.lower <= truth);
    ++misses.repeats;
  }
  return misses;
}

/// The exact range of probabilities that could have given this many misses; wrong with probability 1e-6 a side.
inline Interval miss_rate(std::int64_t misses, std::int64_t repeats) {
  return proportion_interval({.successes = misses, .trials = repeats}, 2e-6);
}

/// The miss rate is not above `nominal`, as far as the number of repeats can tell.
inline void expect_misses_at_most(double nominal, Misses const& misses) {
  EXPECT_LE(miss_rate(misses.all(), misses.repeats).lower, nominal)
      << misses.too_low << " too low and " << misses.too_high << " too high of " << misses.repeats;
}

/// The miss rate is `nominal`, neither more nor less.
inline void expect_misses_equal(double nominal, Misses const& misses) {
  expect_misses_at_most(nominal, misses);
  EXPECT_GE(miss_rate(misses.all(), misses.repeats).upper, nominal)
      << misses.too_low << " too low and " << misses.too_high << " too high of " << misses.repeats;
}

}  // namespace fisherlab::test

#include "sim/totals.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

#include "sim/random/stream.hpp"

namespace fisherlab::sim {
namespace {

Sample numbers(std::int64_t n, double centre, double spread) {
  Sample sample(n, 1);
  LaneStream stream({.seed = 5, .scenario = 6, .replicate = 0});
  for (std::int64_t i = 0; i < n; ++i) sample(i) = centre + spread * stream.normal();
  return sample;
}

/// Of one lane, in extended precision.
struct Exact {
  long double mean = 0, squares = 0;
};

Exact exact(Sample const& sample, int lane) {
  Exact result;
  for (std::int64_t i = 0; i < sample.n(); ++i) result.mean += sample(i)[lane];
  result.mean /= static_cast<long double>(sample.n());
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    long double const d = sample(i)[lane] - result.mean;
    result.squares += d * d;
  }
  return result;
}

template <class Totals>
Totals in_tiles(Sample const& sample, std::int64_t size) {
  Totals totals;
  for (std::int64_t begin = 0; begin < sample.n(); begin += size) {
    Sample tile(std::min(size, sample.n() - begin), 1);
    for (std::int64_t i = 0; i < tile.n(); ++i) tile(i) = sample(begin + i);
    totals.add(tile);
  }
  return totals;
}

TEST(SampleSpread, JoinsTilesToTheMeanAndSquaresOfTheWhole) {
  for (std::int64_t const n : {1L, 3L, tile_size - 1, tile_size, tile_size + 1, 3 * tile_size + 517}) {
    auto const sample = numbers(n, 1e6, 0.25);
    auto const spread = gathered(SampleSpread(), sample);
    EXPECT_EQ(spread.count(), static_cast<double>(n));
    for (int lane = 0; lane < lane_count; ++lane) {
      auto const [mean, squares] = exact(sample, lane);
      EXPECT_NEAR(spread.mean()[lane], static_cast<double>(mean), 1e-9);
      EXPECT_NEAR(spread.squares()[lane], static_cast<double>(squares), 1e-8 * static_cast<double>(squares)) << n;
    }
  }
}

TEST(SampleSpread, HasTheSameBitsHoweverASampleIsCut) {
  auto const sample = numbers(5 * tile_size + 900, -3, 2);
  auto const whole = gathered(SampleSpread(), sample);
  for (std::int64_t const tiles : {1, 2, 4}) {
    auto const cut = in_tiles<SampleSpread>(sample, tiles * tile_size);
    for (int lane = 0; lane < lane_count; ++lane) {
      EXPECT_EQ(cut.mean()[lane], whole.mean()[lane]);
      EXPECT_EQ(cut.squares()[lane], whole.squares()[lane]);
    }
  }
}

TEST(SampleSpread, OfEqualNumbersIsZero) {
  Sample sample(3 * tile_size + 1, 1);
  for (std::int64_t i = 0; i < sample.n(); ++i) sample(i) = 0.375;
  auto const spread = gathered(SampleSpread(), sample);
  EXPECT_EQ(spread.mean()[3], 0.375);
  EXPECT_EQ(spread.squares()[3], 0);
}

TEST(SampleTotal, HasTheSameBitsHoweverASampleIsCut) {
  auto const sample = numbers(2 * tile_size + 77, 10, 30);
  auto const whole = gathered(SampleTotal(), sample);
  for (std::int64_t const size : {std::int64_t{4}, std::int64_t{128}, tile_size}) {
    auto const cut = in_tiles<SampleTotal>(sample, size);
    EXPECT_EQ(cut.count(), whole.count());
    for (int lane = 0; lane < lane_count; ++lane) EXPECT_EQ(cut.sum()[lane], whole.sum()[lane]) << size;
  }
  EXPECT_NEAR(whole.mean()[2], static_cast<double>(exact(sample, 2).mean), 1e-12);
}

}  // namespace
}  // namespace fisherlab::sim

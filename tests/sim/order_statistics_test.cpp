#include "sim/order_statistics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <vector>

namespace fisherlab::sim {
namespace {

Sample random_sample(std::int64_t n, std::mt19937_64& bits) {
  std::normal_distribution<> normal(3.0, 2.0);
  Sample sample(n, 1);
  for (std::int64_t i = 0; i < n; ++i)
    for (int lane = 0; lane < lane_count; ++lane)
      sample(i).set(lane, lane == 7 ? std::round(normal(bits)) : normal(bits));
  return sample;
}

std::vector<double> sorted_lane(Sample const& sample, int lane) {
  std::vector<double> x;
  for (std::int64_t i = 0; i < sample.n(); ++i) x.push_back(sample(i)[lane]);
  std::sort(x.begin(), x.end());
  return x;
}

/// Up to where all lanes are sorted at once, and beyond.
constexpr std::int64_t sizes[] = {1, 2, 3, 4, 5, 10, 101, 1000, 2048, 2049};

TEST(SampleQuantiles, InterpolateTheSortedSample) {
  std::mt19937_64 bits(81);
  std::array<double, 7> const probabilities = {0.9, 0.001, 0.25, 0.5, 0.75, 0.25, 0.999};  // in no order, one twice
  int compared = 0;
  for (auto const n : sizes) {
    auto const sample = random_sample(n, bits);
    std::array<Lanes, 7> q;
    sample_quantiles(sample, probabilities, q.data());
    for (int lane = 0; lane < lane_count; ++lane) {
      auto const x = sorted_lane(sample, lane);
      for (std::size_t k = 0; k < q.size(); ++k, ++compared) {
        double const place = static_cast<double>(n - 1) * probabilities[k];
        auto const below = static_cast<std::size_t>(place);
        auto const above = std::min(below + 1, x.size() - 1);
        EXPECT_NEAR(q[k][lane], std::lerp(x[below], x[above], place - std::floor(place)), 1e-14);
      }
    }
  }
  EXPECT_EQ(compared, 10 * 8 * 7);
}

TEST(SampleQuantiles, AreEveryOrderStatisticAtEveryN) {
  std::mt19937_64 bits(84);
  for (std::int64_t n = 2; n <= 130; ++n) {
    auto const sample = random_sample(n, bits);
    std::vector<double> places;
    for (std::int64_t k = 0; k < n; ++k) places.push_back(static_cast<double>(k) / static_cast<double>(n - 1));
    std::vector<Lanes> q(places.size());
    sample_quantiles(sample, places, q.data());
    for (int lane = 0; lane < lane_count; ++lane) {
      auto const x = sorted_lane(sample, lane);
      for (std::size_t k = 0; k < x.size(); ++k) EXPECT_NEAR(q[k][lane], x[k], 1e-13) << n;
    }
  }
}

TEST(SampleMedian, IsTheMiddleOfTheSortedSample) {
  std::mt19937_64 bits(82);
  for (auto const n : sizes) {
    auto const sample = random_sample(n, bits);
    Lanes const median = sample_median(sample);
    for (int lane = 0; lane < lane_count; ++lane) {
      auto const x = sorted_lane(sample, lane);
      auto const half = x.size() / 2;
      EXPECT_NEAR(median[lane], x.size() % 2 == 1 ? x[half] : 0.5 * (x[half - 1] + x[half]), 1e-15);
    }
  }
}

TEST(SampleMean, AndSumOfSquaresAgreeWithLongDoubles) {
  std::mt19937_64 bits(83);
  for (auto const n : sizes) {
    auto const sample = random_sample(n, bits);
    Lanes const mean = sample_mean(sample), squares = sum_of_squares(sample, mean);
    for (int lane = 0; lane < lane_count; ++lane) {
      long double sum = 0, square = 0;
      for (double const x : sorted_lane(sample, lane)) sum += x;
      sum /= static_cast<long double>(n);
      for (double const x : sorted_lane(sample, lane)) square += (x - sum) * (x - sum);
      EXPECT_NEAR(mean[lane], static_cast<double>(sum), 1e-14);
      EXPECT_NEAR(squares[lane], static_cast<double>(square), 1e-12 * static_cast<double>(n));
    }
  }
}

TEST(SampleMean, ReadsTheFirstCoordinateAlone) {
  Sample pairs(3, 2);
  for (std::int64_t i = 0; i < 3; ++i) pairs(i, 0) = static_cast<double>(i), pairs(i, 1) = std::nan("");
  EXPECT_EQ(sample_mean(pairs)[4], 1.0);
  EXPECT_EQ(sample_median(pairs)[4], 1.0);
  EXPECT_EQ(sum_of_squares(pairs, Lanes(1.0))[4], 2.0);
}

TEST(LanesWithSpread, LeavesOutEqualObservations) {
  Sample sample(6, 1);
  for (std::int64_t i = 0; i < 6; ++i) {
    for (int lane = 0; lane < lane_count; ++lane) sample(i).set(lane, 0.1 * lane);
    sample(i).set(3, 0.1 + 1e-3 * static_cast<double>(i));
    sample(i).set(5, i == 0 ? 1e6 : std::nextafter(1e6, 2e6));
  }
  Lanes const mean = sample_mean(sample);
  EXPECT_EQ(lanes_with_spread(sample, mean, sqrt(sum_of_squares(sample, mean) / 6.0)), 0b00101000);
}

}  // namespace
}  // namespace fisherlab::sim

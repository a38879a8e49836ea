#include <gtest/gtest.h>

#include <boost/math/distributions/poisson.hpp>
#include <vector>

#include "sim/variates/poisson_lanes.hpp"
#include "testing/uniformity.hpp"
#include "tests/support/boost_laws.hpp"

namespace fisherlab::test {
namespace {

using sim::Lanes;

constexpr sim::StreamKey lanes_key{.seed = 51, .scenario = 52, .replicate = 4096};

/// Means that change from slot to slot and from lane to lane, on both sides of the change of method.
double mean_of(std::size_t slot, std::uint64_t replicate) {
  constexpr double means[] = {0.02, 1.7, 8.0, 29.9, 30.0, 44.0, 1e3, 2e6};
  return means[(slot + replicate) % 8];
}

std::vector<Lanes> drawn(sim::StreamKey const& key, std::size_t n) {
  std::vector<Lanes> values(n);
  for (std::size_t i = 0; i < n; ++i)
    for (int lane = 0; lane < sim::lane_count; ++lane)
      values[i].set(lane, mean_of(i, key.replicate + static_cast<std::uint64_t>(lane)));
  sim::LaneStream stream(key);
  sim::means_to_poisson(stream, values.data(), static_cast<std::int64_t>(n));
  return values;
}

/// 30,000 draws in each of 8 lanes, 30,000 of each mean; each of the 16 checks fails a correct sampler with probability
/// 1e-6.
TEST(PoissonOfLaneMeans, FollowsTheLawOfEachMean) {
  auto const values = drawn(lanes_key, 30'000);
  for (std::uint64_t which = 0; which < 8; ++which) {
    double const mean = mean_of(0, which);
    ReferenceLaw const law = {{counts(boost::math::poisson_distribution<>(mean), mean + 40 * std::sqrt(mean) + 60)}};
    std::mt19937_64 bits(53);
    std::vector<double> u;
    for (std::size_t i = 0; i < values.size(); ++i)
      for (int lane = 0; lane < sim::lane_count; ++lane)
        if (mean_of(i, lanes_key.replicate + static_cast<std::uint64_t>(lane)) == mean)
          u.push_back(laws::to_uniform(law, {values[i][lane]}, bits)[0]);
    ASSERT_EQ(u.size(), 30'000u);
    auto const distance = laws::distance_to_uniform(u);
    auto const cells = laws::cells_of_uniform(u);
    EXPECT_LE(distance.statistic, distance.critical) << mean;
    EXPECT_LE(cells.statistic, cells.critical) << mean;
  }
}

TEST(PoissonOfLaneMeans, GivesALaneByItself) {
  auto const first = drawn(lanes_key, 1000);
  for (int lane = 1; lane < sim::lane_count; ++lane) {
    auto key = lanes_key;
    key.replicate -= static_cast<std::uint64_t>(lane);
    auto const shifted = drawn(key, 1000);
    for (std::size_t i = 0; i < first.size(); ++i)
      ASSERT_EQ(sim::to_bits(first[i][0]), sim::to_bits(shifted[i][lane])) << "draw " << i << " in lane " << lane;
  }
}

TEST(PoissonOfLaneMeans, GivesZeroForMeanZero) {
  sim::LaneStream stream(lanes_key);
  Lanes value = 0.0;
  sim::means_to_poisson(stream, &value, 1);
  for (int lane = 0; lane < sim::lane_count; ++lane) EXPECT_EQ(value[lane], 0.0);
}

}  // namespace
}  // namespace fisherlab::test

#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <random>
#include <vector>

#include "sim/random/stream.hpp"
#include "testing/uniformity.hpp"

namespace fisherlab::test {
namespace {

using sim::LaneStream;
using sim::ScalarStream;
using sim::StreamKey;

constexpr int draws = 400'000;
constexpr double z_critical = 4.892;  // the standard normal law exceeds it in size with probability 1e-6

/// Correlation of independent sequences times the root of their length, standard normal in the limit.
double standardised_correlation(std::vector<double> const& a, std::vector<double> const& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - 0.5) * (b[i] - 0.5);
  return 12 * sum / std::sqrt(static_cast<double>(a.size()));
}

void expect_uniform(std::vector<double> const& u) {
  auto const distance = laws::distance_to_uniform(u);
  EXPECT_LE(distance.statistic, distance.critical);
  auto const cells = laws::cells_of_uniform(u);
  EXPECT_LE(cells.statistic, cells.critical);
}

/// The uniforms of each lane of one stream.
std::vector<std::vector<double>> lane_uniforms() {
  std::vector<std::vector<double>> u(sim::lane_count);
  LaneStream stream({.seed = 11, .scenario = 12, .replicate = 13});
  for (int i = 0; i < draws; ++i) {
    auto const x = stream.open_uniform();
    for (int lane = 0; lane < sim::lane_count; ++lane) u[static_cast<std::size_t>(lane)].push_back(x[lane]);
  }
  return u;
}

TEST(StreamStatistics, EveryLaneIsUniform) {
  for (auto const& u : lane_uniforms()) {
    double sum = 0;
    for (double const x : u) sum += x;
    EXPECT_LE(std::abs(sum / draws - 0.5) * std::sqrt(12.0 * draws), z_critical);
    expect_uniform(u);
  }
}

TEST(StreamStatistics, NeighboursInAStreamAreUncorrelated) {
  auto const lanes = lane_uniforms();
  auto const& u = lanes[3];
  for (std::size_t lag : {1u, 2u, 3u, 4u, 64u}) {
    std::vector<double> const early(u.begin(), u.end() - static_cast<std::ptrdiff_t>(lag));
    std::vector<double> const late(u.begin() + static_cast<std::ptrdiff_t>(lag), u.end());
    EXPECT_LE(std::abs(standardised_correlation(early, late)), z_critical) << lag;
    auto const square = laws::cells_of_square(early, late);
    EXPECT_LE(square.statistic, square.critical) << lag;
  }
}

TEST(StreamStatistics, LanesAreUncorrelated) {
  auto const u = lane_uniforms();
  int compared = 0;
  for (std::size_t a = 0; a < u.size(); ++a)
    for (std::size_t b = 0; b < a; ++b, ++compared) {
      EXPECT_LE(std::abs(standardised_correlation(u[a], u[b])), z_critical) << a << ' ' << b;
      auto const square = laws::cells_of_square(u[a], u[b]);
      EXPECT_LE(square.statistic, square.critical) << a << ' ' << b;
    }
  EXPECT_EQ(compared, 28);
}

TEST(StreamStatistics, FirstNumbersOfConsecutiveReplicatesAreUniformAndUncorrelated) {
  std::vector<double> first, next_scenario;
  for (std::uint64_t replicate = 0; replicate < draws; ++replicate) {
    first.push_back(ScalarStream({.seed = 1, .scenario = 2, .replicate = replicate}).open_uniform());
    next_scenario.push_back(ScalarStream({.seed = 1, .scenario = 3, .replicate = replicate}).open_uniform());
  }
  expect_uniform(first);
  EXPECT_LE(std::abs(standardised_correlation(first, next_scenario)), z_critical);
  std::vector<double> const early(first.begin(), first.end() - 1), late(first.begin() + 1, first.end());
  auto const square = laws::cells_of_square(early, late);
  EXPECT_LE(square.statistic, square.critical);
}

TEST(StreamStatistics, AnotherLibrarysDistributionsRunOnAStream) {
  static_assert(std::uniform_random_bit_generator<ScalarStream>);
  ScalarStream stream({.seed = 21, .scenario = 22, .replicate = 23});
  boost::random::normal_distribution<> normal(2.0, 3.0);
  std::uniform_real_distribution<> uniform(-1.0, 1.0);
  boost::math::normal_distribution<> const law(2.0, 3.0);
  std::vector<double> u, v;
  for (int i = 0; i < draws; ++i) {
    u.push_back(cdf(law, normal(stream)));
    v.push_back(0.5 * (1 + uniform(stream)));
  }
  expect_uniform(u);
  expect_uniform(v);
  auto const square = laws::cells_of_square(u, v);
  EXPECT_LE(square.statistic, square.critical);
}

TEST(StreamStatistics, ChecksRefuteASlightFault) {
  std::vector<double> u;
  ScalarStream stream(StreamKey{.seed = 31, .scenario = 32, .replicate = 33});
  for (int i = 0; i < draws; ++i) u.push_back(std::pow(stream.open_uniform(), 1.03));  // density off by 3 % at most u
  EXPECT_FALSE(laws::distance_to_uniform(u).passed());
  EXPECT_FALSE(laws::cells_of_uniform(u).passed());
  std::vector<double> const shifted(u.begin() + 1, u.end()), first(u.begin(), u.end() - 1);
  std::vector<double> mixed;
  for (std::size_t i = 0; i < first.size(); ++i) mixed.push_back(i % 20 == 0 ? first[i] : shifted[i]);
  EXPECT_GT(std::abs(standardised_correlation(first, mixed)), z_critical);
}

}  // namespace
}  // namespace fisherlab::test

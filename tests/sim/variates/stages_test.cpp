#include "sim/variates/stages.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <vector>

#include "sim/models/logistic_regression.hpp"
#include "sim/models/lognormal.hpp"
#include "sim/models/weibull.hpp"

namespace fisherlab::test {
namespace {

constexpr std::int64_t n = 300;  // more than two chunks
constexpr sim::StreamKey key{.seed = 5, .scenario = 6, .replicate = 72};

/// Each lane of a filled sample holds, bit by bit, what `draw` gives one observation at a time on the lane's own
/// stream.
template <class Model, class Parts>
void expect_same_draws(sim::Theta<double, 2> const& theta, int dimension, Parts const& parts) {
  Model const model{};
  sim::Sample sample(n, dimension);
  sim::LaneStream stream(key);
  model.fill(theta, stream, sample);
  for (int lane = 0; lane < sim::lane_count; ++lane) {
    auto own = key;
    own.replicate += static_cast<std::uint64_t>(lane);
    sim::ScalarStream alone(own);
    for (std::int64_t i = 0; i < n; ++i) {
      std::vector<double> const expected = parts(model.draw(theta, alone));
      for (int d = 0; d < dimension; ++d)
        ASSERT_EQ(sample(i, d)[lane], expected[static_cast<std::size_t>(d)]) << i << " of lane " << lane;
    }
  }
}

TEST(InStages, DrawsWhatOneLoopDraws) {
  auto const one = [](double x) { return std::vector<double>{x}; };
  auto const two = [](std::array<double, 2> const& x) { return std::vector<double>{x[0], x[1]}; };
  expect_same_draws<sim::Lognormal>({0.5, 0.8}, 1, one);
  expect_same_draws<sim::Lognormal>({-700, 30}, 1, one);  // beyond the range of exp on both sides
  expect_same_draws<sim::Weibull>({1.7, 2}, 1, one);
  expect_same_draws<sim::Weibull>({0.01, 2}, 1, one);
  expect_same_draws<sim::LogisticRegression>({0.5, 1}, 2, two);
  expect_same_draws<sim::LogisticRegression>({3, -400}, 2, two);
}

TEST(InStages, GoesThroughEachStageChunkByChunk) {
  std::vector<std::int64_t> left(n, 0);
  std::int64_t last = -1, steps = 0;
  sim::in_stages(
      n,
      [&](std::int64_t i) {
        EXPECT_EQ(i, last + 1);
        last = i;
        left[static_cast<std::size_t>(i)] = 2 * i;
      },
      [&](std::int64_t i) {
        EXPECT_LE(i, last);
        EXPECT_GT(i, last - sim::stage_chunk);
        EXPECT_EQ(left[static_cast<std::size_t>(i)], 2 * i);
        ++steps;
      });
  EXPECT_EQ(steps, n);
}

}  // namespace
}  // namespace fisherlab::test

#include "sim/tallies/weighted.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

#include "sim/models/interface/theta.hpp"

namespace fisherlab::sim {
namespace {

constexpr std::size_t values_noted = 3;
constexpr std::size_t draws_noted = 700;  ///< more than one tile, and no multiple of eight

/// Skewed numbers far from 0; every seventh draw has no result, every fourteenth was dropped.
NotedDraws some_draws() {
  NotedDraws noted;
  noted.shape.values = values_noted;
  noted.shape.successes = 1;
  noted.shape.powers = {power_block(1, 2)};
  auto const batches = (draws_noted + lane_count - 1) / lane_count;
  noted.values.assign(batches * values_noted, Lanes(0.0));
  noted.successes.assign(batches, Lanes(0.0));
  noted.used.assign(batches, Lanes(0.0));
  noted.dropped.assign(batches, Lanes(0.0));
  noted.centre = {100.0, 101.0, 102.0};
  std::mt19937_64 random(5);
  std::exponential_distribution<double> skewed;
  for (std::size_t i = 0; i < draws_noted; ++i) {
    auto const batch = i / lane_count;
    int const lane = static_cast<int>(i % lane_count);
    if (i % 14 == 6) noted.dropped[batch].set(lane, 1.0);
    if (i % 7 == 6) continue;
    noted.used[batch].set(lane, 1.0);
    for (std::size_t a = 0; a < values_noted; ++a)
      noted.values[batch * values_noted + a].set(lane, 100.0 + static_cast<double>(a) + skewed(random));
    noted.successes[batch].set(lane, i % 3 == 0 ? 1.0 : 0.0);
  }
  return noted;
}

/// A sample of that many of each draw; most are left out where `gaps` is true.
std::vector<double> counts(std::uint64_t seed, bool gaps) {
  std::mt19937_64 random(seed);
  std::vector<double> result;
  for (std::size_t i = 0; i < draws_noted; ++i) {
    auto const count = static_cast<double>(random() % 4);
    result.push_back(gaps ? count : count + 1);
  }
  return result;
}

/// The draws of a sample, each as often as it is held.
std::vector<std::size_t> held(std::vector<double> const& weights) {
  std::vector<std::size_t> draws;
  for (std::size_t i = 0; i < weights.size(); ++i)
    for (double k = 0; k < weights[i]; ++k) draws.push_back(i);
  return draws;
}

void expect_tally_of(std::vector<double> const& weights) {
  auto const noted = some_draws();
  auto const tally = weighted_sums(noted, {&weights, 1}).front().tally(noted);
  std::vector<std::vector<double>> rows;
  std::int64_t dropped = 0, successes = 0;
  for (auto const i : held(weights)) {
    auto const batch = i / lane_count;
    int const lane = static_cast<int>(i % lane_count);
    dropped += noted.dropped[batch][lane] > 0 ? 1 : 0;
    if (!(noted.used[batch][lane] > 0)) continue;
    successes += noted.successes[batch][lane] > 0 ? 1 : 0;
    rows.emplace_back();
    for (std::size_t a = 0; a < values_noted; ++a) rows.back().push_back(noted.values[batch * values_noted + a][lane]);
  }
  auto const n = static_cast<double>(rows.size());
  ASSERT_EQ(tally.count, static_cast<std::int64_t>(rows.size()));
  EXPECT_EQ(tally.dropped, dropped);
  EXPECT_EQ(tally.successes[0], successes);
  if (rows.empty()) return;  // there is no mean
  std::vector<double> mean(values_noted);
  for (auto const& row : rows)
    for (std::size_t a = 0; a < values_noted; ++a) mean[a] += row[a] / n;
  for (std::size_t a = 0; a < values_noted; ++a) {
    EXPECT_NEAR(tally.moments.mean[a], mean[a], 1e-11);
    for (std::size_t b = 0; b <= a; ++b) {
      double sum = 0;
      for (auto const& row : rows) sum += (row[a] - mean[a]) * (row[b] - mean[b]);
      EXPECT_NEAR(tally.moments.comoments[packed_index(a, b)], sum, 1e-8);
    }
  }
  std::vector<double> const u = {0.6, -0.8};  // of values 1 and 2
  auto const along = tally.powers[0].along(u);
  double fourth = 0;
  for (auto const& row : rows) fourth += std::pow(u[0] * (row[1] - mean[1]) + u[1] * (row[2] - mean[2]), 4) / n;
  EXPECT_NEAR(along[4], fourth, 1e-9 * fourth);
}

TEST(WeightedSums, AreThoseOfASampleThatHoldsEachDrawSoOften) {
  expect_tally_of(counts(1, false));
  expect_tally_of(counts(2, true));
  expect_tally_of(std::vector<double>(draws_noted, 0.0));
}

TEST(WeightedSums, OfSeveralVectorsAreThoseOfEach) {
  auto const noted = some_draws();
  std::vector<std::vector<double>> const weights = {counts(1, false), counts(2, true), counts(3, true)};
  auto const together = weighted_sums(noted, weights);
  for (std::size_t k = 0; k < weights.size(); ++k) {
    auto const alone = weighted_sums(noted, {&weights[k], 1}).front().tally(noted);
    EXPECT_EQ(together[k].tally(noted).moments.comoments, alone.moments.comoments);
    EXPECT_EQ(together[k].tally(noted).powers[0].sums, alone.powers[0].sums);
  }
}

TEST(WeightedSums, AreLinearInTheWeights) {
  auto const noted = some_draws();
  auto const first = counts(4, false), second = counts(5, true);
  std::vector<std::vector<double>> weights = {first, second, first};
  for (std::size_t i = 0; i < draws_noted; ++i) weights[2][i] -= 0.3 * second[i];
  auto const sums = weighted_sums(noted, weights);
  auto moved = sums[0];
  moved.add(-0.3, sums[1]);
  auto const of_sums = moved.tally(noted), of_weights = sums[2].tally(noted);
  EXPECT_EQ(of_sums.count, of_weights.count);
  EXPECT_EQ(of_sums.successes, of_weights.successes);
  for (std::size_t k = 0; k < of_sums.moments.comoments.size(); ++k)
    EXPECT_NEAR(of_sums.moments.comoments[k], of_weights.moments.comoments[k], 1e-8);
  for (std::size_t k = 0; k < of_sums.powers[0].sums.size(); ++k)
    EXPECT_NEAR(of_sums.powers[0].sums[k], of_weights.powers[0].sums[k],
                1e-8 * std::fabs(of_weights.powers[0].sums[k]) + 1e-7);
}

}  // namespace
}  // namespace fisherlab::sim

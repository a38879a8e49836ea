#include "sim/tallies/powers.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>
#include <vector>

#include "base/expects.hpp"
#include "sim/tallies/tally.hpp"

namespace fisherlab::sim {
namespace {

using Row = std::array<double, 3>;

double product(Row const& row, std::array<int, 3> const& exponents, Row const& centre) {
  double result = 1;
  for (std::size_t j = 0; j < 3; ++j) result *= std::pow(row[j] - centre[j], exponents[j]);
  return result;
}

std::vector<std::array<int, 3>> exponents_to(int degree) {
  std::vector<std::array<int, 3>> result;
  for (int a = 0; a <= degree; ++a)
    for (int b = 0; a + b <= degree; ++b)
      for (int c = 0; a + b + c <= degree; ++c) result.push_back({a, b, c});
  return result;
}

TEST(Monomials, AreAllProductsToTheDegree) {
  EXPECT_EQ(Monomials(1, 4).count(), 5u);
  EXPECT_EQ(Monomials(2, 4).count(), 15u);
  EXPECT_EQ(Monomials(3, 4).count(), 35u);
  EXPECT_EQ(Monomials(5, 8).count(), 1287u);
  EXPECT_EQ(Monomials::count_of(5, 8), 1287);
  EXPECT_THROW(Monomials(0, 4), InputError);
  EXPECT_THROW(Monomials(60, 4), InputError);
  Monomials const three(3, 4);
  std::vector<bool> seen(three.count());
  for (auto const& e : exponents_to(4)) {
    auto const k = three.place_of(e);
    EXPECT_EQ(three.degree_of(k), e[0] + e[1] + e[2]);
    seen[k] = true;
  }
  for (bool const one : seen) EXPECT_TRUE(one);
}

/// Rows that no component of which is independent of the others, and far from zero.
Row row_of(std::mt19937_64& bits) {
  std::exponential_distribution<> exponential;
  double const common = exponential(bits);
  return {5 + common, common * exponential(bits) - 100, exponential(bits) - common};
}

TallyShape const& powers_shape() {
  static TallyShape const both{.values = 3, .powers = {power_block(0, 3), power_block(1, 2, 8)}};
  return both;
}

struct Folded {
  std::vector<Row> rows;
  std::vector<Tally> blocks;
};

/// Blocks of 256 replicates of which some lanes do not count; those hold NaN, which must not leak.
Folded folded(int blocks) {
  std::mt19937_64 bits(71);
  Folded result;
  for (int k = 0; k < blocks; ++k) {
    BlockTally block(powers_shape());
    for (int b = 0; b < 32; ++b) {
      Observed batch(powers_shape());
      batch.used = static_cast<LaneSet>(b == 0 ? 0b11111000 : bits());
      for (int lane = 0; lane < lane_count; ++lane) {
        bool const used = (batch.used >> lane & 1) != 0;
        Row const row = used ? row_of(bits) : Row{std::nan(""), std::nan(""), std::nan("")};
        for (std::size_t j = 0; j < 3; ++j) batch.values[j].set(lane, row[j]);
        if (used) result.rows.push_back(row);
      }
      block.fold(batch);
    }
    result.blocks.push_back(block.finish());
  }
  return result;
}

Tally merged(std::vector<Tally> const& parts) {
  Tally total(powers_shape());
  for (auto const& part : parts) total.merge(part);
  return total;
}

TEST(Powers, AgreeWithADirectComputationInTwoPasses) {
  auto const [rows, blocks] = folded(7);
  Tally const tally = merged(blocks);
  Row centre{};
  for (auto const& row : rows)
    for (std::size_t j = 0; j < 3; ++j) centre[j] += row[j] / static_cast<double>(rows.size());
  int compared = 0;
  for (auto const& e : exponents_to(8)) {
    double expected = 0, size = 0;
    for (auto const& row : rows) {
      expected += product(row, e, centre);
      size += std::fabs(product(row, e, centre));
    }
    if (e[0] + e[1] + e[2] <= 4) {
      auto const& powers = tally.powers[0];
      EXPECT_NEAR(powers.sums[powers.block.monomials->place_of(e)], expected, 1e-10 * size);
      ++compared;
    }
    if (e[0] == 0) {
      auto const& powers = tally.powers[1];
      std::array<int, 2> const last = {e[1], e[2]};
      EXPECT_NEAR(powers.sums[powers.block.monomials->place_of(last)], expected, 1e-10 * size);
      ++compared;
    }
  }
  EXPECT_EQ(compared, 35 + 45);
  EXPECT_EQ(tally.powers[0].count, static_cast<std::int64_t>(rows.size()));
  EXPECT_NEAR(tally.powers[0].mean[1], centre[1], 1e-12);
}

TEST(Powers, GiveTheMomentsAlongADirection) {
  auto const [rows, blocks] = folded(3);
  Tally const tally = merged(blocks);
  std::array<double, 3> const u = {0.5, -2, 1.5};
  double mean = 0;
  auto const along = [&](Row const& row) { return u[0] * row[0] + u[1] * row[1] + u[2] * row[2]; };
  for (auto const& row : rows) mean += along(row) / static_cast<double>(rows.size());
  auto const moments = tally.powers[0].along(u);
  ASSERT_EQ(moments.size(), 5u);
  for (int k = 0; k <= 4; ++k) {
    double expected = 0;
    for (auto const& row : rows) expected += std::pow(along(row) - mean, k) / static_cast<double>(rows.size());
    EXPECT_NEAR(moments[static_cast<std::size_t>(k)], expected, 1e-9 * (1 + std::fabs(expected)));
  }
}

TEST(Powers, MergeIsAssociativeInValueAndFixedInBits) {
  auto const blocks = folded(9).blocks;
  Tally const left = merged(blocks);
  EXPECT_EQ(merged(blocks).fingerprint(), left.fingerprint());
  std::vector<Tally> const first(blocks.begin(), blocks.begin() + 4), second(blocks.begin() + 4, blocks.end());
  Tally const other = merged({merged(first), merged(second)});
  for (std::size_t b = 0; b < 2; ++b)
    for (std::size_t k = 0; k < left.powers[b].sums.size(); ++k) {
      double const size = std::fabs(left.powers[b].sums[k]);
      EXPECT_NEAR(other.powers[b].sums[k], left.powers[b].sums[k], 1e-9 * (size + 1));
    }
}

TEST(Powers, OfWhatNeverVariesAreExactlyZero) {
  TallyShape const one{.values = 1, .powers = {power_block(0, 1, 8)}};
  Tally total(one);
  for (int k = 0; k < 5; ++k) {
    BlockTally block(one);
    Observed batch(one);
    batch.used = all_lanes;
    batch.values[0] = Lanes(1.0 / 3);
    for (int b = 0; b < 100; ++b) block.fold(batch);
    total.merge(block.finish());
  }
  EXPECT_EQ(total.moments.mean[0], 1.0 / 3);
  EXPECT_EQ(total.moments.comoments[0], 0.0);
  for (std::size_t k = 1; k < total.powers[0].sums.size(); ++k) EXPECT_EQ(total.powers[0].sums[k], 0.0);
}

/// One value a million standard deviations from the rest comes first in its block, so that all sums are about it.
TEST(Powers, KeepTheirDigitsWhenAGiantValueComesFirst) {
  TallyShape const one{.values = 1, .powers = {power_block(0, 1)}};
  BlockTally block(one);
  std::mt19937_64 bits(72);
  std::normal_distribution<> normal;
  std::vector<double> values;
  for (int b = 0; b < 128; ++b) {
    Observed batch(one);
    batch.used = all_lanes;
    for (int lane = 0; lane < lane_count; ++lane) {
      values.push_back(values.empty() ? 1e6 : normal(bits));
      batch.values[0].set(lane, values.back());
    }
    block.fold(batch);
  }
  long double mean = 0;
  for (double const value : values) mean += value / static_cast<long double>(values.size());
  auto const powers = block.finish().powers[0];
  for (int degree : {2, 3, 4}) {
    long double expected = 0;
    for (double const value : values) expected += std::pow(value - mean, static_cast<long double>(degree));
    EXPECT_NEAR(powers.sums[static_cast<std::size_t>(degree)] / static_cast<double>(expected), 1, 1e-9) << degree;
  }
}

}  // namespace
}  // namespace fisherlab::sim

#include "sim/tallies/tally.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <utility>
#include <vector>

#include "sim/models/interface/theta.hpp"

namespace fisherlab::sim {
namespace {

TallyShape const shape{.values = 3, .successes = 2, .positions = 2, .marks = true};

/// A batch of correlated values of order one. Masked lanes hold NaN, which must not leak.
Observed batch_of(std::mt19937_64& bits, LaneSet used = all_lanes, LaneSet dropped = 0) {
  std::normal_distribution<> normal;
  Observed batch(shape);
  batch.used = used;
  batch.dropped = dropped;
  for (auto& s : batch.successes) s = static_cast<LaneSet>(bits());
  for (int lane = 0; lane < lane_count; ++lane) {
    bool const masked = (used >> lane & 1) == 0;
    auto const next = [&] { return masked ? std::nan("") : normal(bits); };
    double const common = next();
    for (auto& v : batch.values) v.set(lane, 0.5 + common + next());
    for (auto& z : batch.positions) z.set(lane, next());
    batch.marks.set(lane, bits());
  }
  return batch;
}

Tally block_of(std::vector<Observed> const& batches) {
  BlockTally block(shape);
  for (auto const& b : batches) block.fold(b);
  return block.finish();
}

std::vector<Tally> blocks(int how_many) {
  std::mt19937_64 bits(51);
  std::vector<Tally> result;
  for (int k = 0; k < how_many; ++k) {
    std::vector<Observed> batches;
    for (int b = 0; b < 16; ++b) batches.push_back(batch_of(bits));
    result.push_back(block_of(batches));
  }
  return result;
}

Tally folded(std::vector<Tally> const& parts) {
  Tally total(shape);
  for (auto const& part : parts) total.merge(part);
  return total;
}

void expect_same_value(Tally const& a, Tally const& b) {
  EXPECT_EQ(a.count, b.count);
  EXPECT_EQ(a.dropped, b.dropped);
  EXPECT_EQ(a.successes, b.successes);
  EXPECT_EQ(a.marks, b.marks);
  for (std::size_t h = 0; h < a.positions.size(); ++h) EXPECT_EQ(a.positions[h].cells, b.positions[h].cells);
  EXPECT_EQ(a.moments.count, b.moments.count);
  for (std::size_t i = 0; i < a.moments.mean.size(); ++i) EXPECT_NEAR(a.moments.mean[i], b.moments.mean[i], 1e-14);
  for (std::size_t k = 0; k < a.moments.comoments.size(); ++k)
    EXPECT_NEAR(a.moments.comoments[k], b.moments.comoments[k], 1e-13 * static_cast<double>(a.count));
}

TEST(BlockTally, AgreesWithADirectComputationInTwoPasses) {
  std::mt19937_64 bits(52);
  std::vector<Observed> batches;
  for (int b = 0; b < 128; ++b)
    batches.push_back(batch_of(bits, static_cast<LaneSet>(bits()), static_cast<LaneSet>(b % 3)));
  std::vector<std::array<double, 3>> rows;
  std::int64_t dropped = 0, success = 0;
  std::vector<std::uint64_t> marks;
  for (auto const& b : batches) {
    dropped += std::popcount(static_cast<unsigned>(b.dropped));
    for (int lane = 0; lane < lane_count; ++lane) {
      if ((b.used >> lane & 1) == 0) continue;
      rows.push_back({b.values[0][lane], b.values[1][lane], b.values[2][lane]});
      success += b.successes[1] >> lane & 1;
      marks.push_back(b.marks[lane]);
    }
  }
  Tally const tally = block_of(batches);
  EXPECT_EQ(tally.count, static_cast<std::int64_t>(rows.size()));
  EXPECT_EQ(tally.moments.count, tally.count);
  EXPECT_EQ(tally.dropped, dropped);
  EXPECT_EQ(tally.successes[1], success);
  EXPECT_EQ(tally.marks, marks);
  auto const n = static_cast<double>(rows.size());
  std::array<double, 3> mean{};
  for (auto const& row : rows)
    for (std::size_t a = 0; a < 3; ++a) mean[a] += row[a] / n;
  for (std::size_t a = 0; a < 3; ++a) {
    EXPECT_NEAR(tally.moments.mean[a], mean[a], 1e-14);
    for (std::size_t b = 0; b <= a; ++b) {
      double sum = 0;
      for (auto const& row : rows) sum += (row[a] - mean[a]) * (row[b] - mean[b]);
      EXPECT_NEAR(tally.moments.comoments[packed_index(a, b)], sum, 1e-13 * n);
      EXPECT_NEAR(tally.moments.covariance(static_cast<int>(b), static_cast<int>(a)), sum / (n - 1), 1e-12);
    }
  }
}

TEST(BlockTally, IsTheSameAfterBeingCopied) {
  std::mt19937_64 bits(53);
  BlockTally const empty(shape);
  BlockTally copy = empty;  // NOLINT(performance-unnecessary-copy-initialization): what is tested
  copy.fold(batch_of(bits));
  EXPECT_EQ(copy.finish().marks.size(), 8u);
}

TEST(BlockTally, OfMaskedLanesAloneIsEmpty) {
  std::mt19937_64 bits(54);
  BlockTally block(shape);
  block.fold(batch_of(bits, 0, 0b11));
  Tally const tally = block.finish();
  EXPECT_EQ(tally.count, 0);
  EXPECT_EQ(tally.dropped, 2);
  for (double const v : tally.moments.comoments) EXPECT_EQ(v, 0.0);
  Tally other = blocks(1)[0];
  auto const before = other.fingerprint();
  other.merge(tally);
  EXPECT_EQ(other.dropped, 2);
  other.dropped = 0;
  EXPECT_EQ(other.fingerprint(), before);
}

TEST(Tally, MergeIsAssociativeInValue) {
  auto const parts = blocks(9);
  auto const range = [&](std::size_t from, std::size_t to) {
    return folded({parts.begin() + static_cast<std::ptrdiff_t>(from), parts.begin() + static_cast<std::ptrdiff_t>(to)});
  };
  Tally const left = folded(parts);
  for (std::size_t cut = 0; cut <= parts.size(); ++cut) expect_same_value(folded({range(0, cut), range(cut, 9)}), left);
  expect_same_value(folded({range(0, 2), folded({range(2, 5), range(5, 9)})}), left);
}

TEST(Tally, HasTheSameBitsWheneverItIsFoldedInTheSameOrder) {
  auto const parts = blocks(12);
  Tally one(shape);
  for (auto const& part : parts) one.merge(part);
  Tally resumed(shape);
  for (std::size_t k = 0; k < 5; ++k) resumed.merge(parts[k]);
  Tally stored = resumed;
  for (std::size_t k = 5; k < 12; ++k) stored.merge(parts[k]);
  EXPECT_EQ(stored.fingerprint(), one.fingerprint());
}

TEST(Tally, EmptyIsTheIdentityOnBothSides) {
  Tally const some = blocks(1)[0];
  Tally left(shape), right = some;
  left.merge(some);
  right.merge(Tally(shape));
  EXPECT_EQ(left.fingerprint(), some.fingerprint());
  EXPECT_EQ(right.fingerprint(), some.fingerprint());
}

TEST(Tally, FingerprintChangesWithAnyPart) {
  Tally const tally = blocks(1)[0];
  std::vector<std::function<void(Tally&)>> const changes = {
      [](Tally& t) { ++t.dropped; },
      [](Tally& t) { ++t.count; },
      [](Tally& t) { ++t.moments.count; },
      [](Tally& t) { t.moments.mean[2] = std::nextafter(t.moments.mean[2], 1e9); },
      [](Tally& t) { t.moments.comoments[4] = std::nextafter(t.moments.comoments[4], 1e9); },
      [](Tally& t) { ++t.successes[1]; },
      [](Tally& t) { ++t.positions[1].cells[4095]; },
      [](Tally& t) { std::swap(t.positions[0], t.positions[1]); },
      [](Tally& t) { t.marks[0] ^= 1; },
      [](Tally& t) { t.marks.pop_back(); },
  };
  for (std::size_t k = 0; k < changes.size(); ++k) {
    Tally changed = tally;
    EXPECT_EQ(changed.fingerprint(), tally.fingerprint());
    changes[k](changed);
    EXPECT_NE(changed.fingerprint(), tally.fingerprint()) << "change " << k;
  }
}

TEST(Moments, KeepTheirDigitsWhenGroupsLieFarApart) {
  Moments near(1), far(1);
  near.count = far.count = 1000;
  near.mean[0] = 1e8, far.mean[0] = 1e8 + 2;
  near.comoments[0] = far.comoments[0] = 500;
  near.merge(far);
  EXPECT_EQ(near.mean[0], 1e8 + 1);
  EXPECT_DOUBLE_EQ(near.comoments[0], 1000 + 500 * 4.0);
}

/// Products within groups are those of all components, to the last bit; across groups there is none.
TEST(Tally, KeepsCovariancesWithinGroups) {
  TallyShape const all{.values = 6}, groups{.values = 6, .group = 3};
  std::mt19937_64 bits(52);
  std::normal_distribution<> normal;
  Tally whole(all), parts(groups);
  for (int k = 0; k < 4; ++k) {
    BlockTally of_all(all), of_groups(groups);
    for (int r = 0; r < 16; ++r) {
      Observed batch(all);
      batch.used = all_lanes;
      for (auto& v : batch.values)
        for (int lane = 0; lane < lane_count; ++lane) v.set(lane, 3 + normal(bits));
      of_all.fold(batch);
      of_groups.fold(batch);
    }
    whole.merge(of_all.finish());
    parts.merge(std::move(of_groups).finish());
  }
  EXPECT_EQ(parts.moments.comoments.size(), 2 * packed_size(3));
  EXPECT_EQ(parts.moments.mean, whole.moments.mean);
  for (int a = 0; a < 6; ++a)
    for (int b = 0; b <= a; ++b)
      if (a / 3 == b / 3)
        EXPECT_EQ(parts.moments.covariance(a, b), whole.moments.covariance(a, b)) << a << ' ' << b;
      else
        EXPECT_TRUE(std::isnan(parts.moments.covariance(a, b))) << a << ' ' << b;
}

TEST(Histogram, PutsValuesBesideAnEdgeInTheirCells) {
  for (int cell = 0; cell + 1 < Histogram::cell_count; ++cell) {
    double const edge = Histogram::upper_edge(cell);
    // z/(1 + |z|) is rounded to 2^-53, which is 2^-52 (1 + |z|)^2 on the scale of z; three such steps are beyond doubt.
    double const step = 3 * 0x1p-52 * (1 + std::fabs(edge)) * (1 + std::fabs(edge));
    ASSERT_EQ(Histogram::cell_of(edge - step), cell);
    ASSERT_EQ(Histogram::cell_of(edge + step), cell + 1);
  }
}

TEST(Histogram, HasTheStatedEdges) {
  EXPECT_EQ(Histogram::upper_edge(2047), 0.0);
  EXPECT_EQ(Histogram::upper_edge(3071), 1.0);
  EXPECT_EQ(Histogram::upper_edge(1023), -1.0);
  EXPECT_EQ(Histogram::upper_edge(0), -2047.0);
  EXPECT_EQ(Histogram::upper_edge(4094), 2047.0);
  EXPECT_EQ(Histogram::upper_edge(4095), std::numeric_limits<double>::infinity());
}

TEST(Histogram, TakesEveryDouble) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (double const z : {infinity, 1e300, std::numeric_limits<double>::max(), std::nan("")})
    EXPECT_EQ(Histogram::cell_of(z), 4095) << z;
  for (double const z : {-infinity, -1e300, -std::numeric_limits<double>::max()})
    EXPECT_EQ(Histogram::cell_of(z), 0) << z;
  EXPECT_EQ(Histogram::cell_of(0.0), 2048);
  EXPECT_EQ(Histogram::cell_of(-0.0), 2048);
}

/// A block places eight statistics at once; `cell_of` is the definition.
TEST(BlockTally, PlacesStatisticsInTheCellsOfTheHistogram) {
  double const inf = std::numeric_limits<double>::infinity();
  std::vector<double> places = {
      0.0, -0.0, 1e-300, -1e300, 1e300, -1e308, inf, -inf, std::numeric_limits<double>::quiet_NaN()};
  for (int cell = 0; cell + 1 < Histogram::cell_count; cell += 7) {
    double const edge = Histogram::upper_edge(cell);
    for (double const z : {edge, std::nextafter(edge, -inf), std::nextafter(edge, inf)}) places.push_back(z);
  }
  while (places.size() % lane_count != 0) places.push_back(0.5);
  TallyShape const one_place{.positions = 1};
  BlockTally block(one_place);
  Histogram expected;
  Observed batch(one_place);
  batch.used = all_lanes;
  for (std::size_t k = 0; k < places.size(); k += lane_count) {
    for (int lane = 0; lane < lane_count; ++lane) {
      double const z = places[k + static_cast<std::size_t>(lane)];
      batch.positions[0].set(lane, z);
      ++expected.cells[static_cast<std::size_t>(Histogram::cell_of(z))];
    }
    block.fold(batch);
  }
  EXPECT_EQ(block.finish().positions[0].cells, expected.cells);
}

}  // namespace
}  // namespace fisherlab::sim

#include "runs/resume/packing.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "findings/csv/table_csv.hpp"
#include "runs/resume/pack_tally.hpp"
#include "tests/support/sample_rows.hpp"

namespace fisherlab::runs {
namespace {

TEST(Packing, GivesBackEveryBit) {
  using Limits = std::numeric_limits<double>;
  std::vector<std::int64_t> const whole = {0,
                                           1,
                                           -1,
                                           63,
                                           64,
                                           -64,
                                           -65,
                                           1'000'000,
                                           std::numeric_limits<std::int64_t>::max(),
                                           std::numeric_limits<std::int64_t>::min()};
  std::vector<double> const real = {0.0, -0.0, 1e-300, Limits::infinity(), Limits::denorm_min(), Limits::quiet_NaN()};
  Packer packer;
  packer.put(whole);
  packer.put(real);
  packer.put(std::string("a\0b", 3));
  packer.put(std::optional<double>());
  packer.put(std::optional<double>(2.5));
  packer.put(test::sample_convergence());
  auto const bytes = std::move(packer).take();
  Unpacker unpacker(bytes);
  EXPECT_EQ(unpacker.get<std::vector<std::int64_t>>(), whole);
  auto const read = unpacker.get<std::vector<double>>();
  ASSERT_EQ(read.size(), real.size());
  for (std::size_t k = 0; k < real.size(); ++k)
    EXPECT_EQ(std::bit_cast<std::uint64_t>(read[k]), std::bit_cast<std::uint64_t>(real[k]));
  EXPECT_EQ(unpacker.get<std::string>(), std::string("a\0b", 3));
  EXPECT_FALSE(unpacker.get<std::optional<double>>());
  EXPECT_EQ(unpacker.get<std::optional<double>>(), 2.5);
  EXPECT_EQ(table_csv(unpacker.get<std::vector<ConvergenceRow>>()).bytes, table_csv(test::sample_convergence()).bytes);
  EXPECT_TRUE(unpacker.is_at_end());
}

sim::TallyShape shape() {
  sim::TallyShape shape{.values = 2, .successes = 1, .positions = 1, .marks = true, .records = 1};
  shape.powers.push_back(sim::power_block(0, 2));
  return shape;
}

/// A tally with something in every member.
sim::Tally some_tally(double seed) {
  sim::BlockTally block(shape());
  for (int batch = 0; batch < 5; ++batch) {
    sim::Observed seen(shape());
    seen.used = 0x7F;
    seen.dropped = 0x80;
    for (std::size_t k = 0; k < 2; ++k)
      for (int lane = 0; lane < sim::lane_count; ++lane)
        seen.values[k].set(lane, std::sin(seed + batch + 3.0 * static_cast<double>(k) + lane));
    seen.successes[0] = 0x15;
    seen.positions[0] = sim::Lanes(0.1 * batch);
    seen.records[0] = sim::Lanes(seed * batch);
    block.fold(seen);
  }
  return block.finish();
}

TEST(PackTally, GivesBackATallyThatGoesOnToTheSameBits) {
  auto whole = some_tally(1);
  Packer packer;
  pack(packer, whole);
  auto const bytes = std::move(packer).take();
  sim::Tally read(shape());
  Unpacker unpacker(bytes);
  unpack(unpacker, read);
  EXPECT_TRUE(unpacker.is_at_end());
  EXPECT_EQ(read.fingerprint(), whole.fingerprint());
  whole.merge(some_tally(2));
  read.merge(some_tally(2));
  EXPECT_EQ(read.fingerprint(), whole.fingerprint());
  EXPECT_EQ(whole.failures, (std::vector<std::int64_t>{7, 15, 23, 31, 39, 7, 15, 23, 31, 39}));
  EXPECT_EQ(read.failures, whole.failures);
  ASSERT_EQ(read.extremes.size(), 3u) << "two values and a position";
  for (std::size_t k = 0; k < 3; ++k)
    for (std::size_t i = 0; i < sim::Extremes::most; ++i) {
      EXPECT_EQ(read.extremes[k].lowest[i].replicate, whole.extremes[k].lowest[i].replicate);
      EXPECT_EQ(read.extremes[k].highest[i].value, whole.extremes[k].highest[i].value);
    }
}

TEST(PackTally, RefusesWhatIsCutOrOfAnotherShape) {
  Packer packer;
  pack(packer, some_tally(1));
  auto const bytes = std::move(packer).take();
  int refused = 0;
  for (std::size_t size = 0; size < bytes.size(); size += 7) {
    sim::Tally read(shape());
    Unpacker unpacker(std::string_view(bytes).substr(0, size));
    EXPECT_THROW(unpack(unpacker, read), InputError) << size;
    ++refused;
  }
  EXPECT_GT(refused, 100);
  sim::Tally other(sim::TallyShape{.values = 3});
  Unpacker unpacker(bytes);
  EXPECT_THROW(unpack(unpacker, other), InputError);
}

}  // namespace
}  // namespace fisherlab::runs

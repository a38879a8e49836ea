#include "sim/random/stream.hpp"

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/hash.hpp"

namespace fisherlab::sim {
namespace {

using Words = std::array<std::uint64_t, 4>;

/// The lines of a file in tests/data, without its header.
std::vector<std::string> data_lines(std::string const& name) {
  std::ifstream file(std::string(FISHERLAB_TEST_DATA_DIR) + "/" + name);
  std::vector<std::string> lines;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) lines.push_back(line);
  return lines;
}

template <class S>
Words first_words(S stream) {
  Words words;
  for (auto& word : words) word = stream.next();
  return words;
}

TEST(Random123, GivesThePublishedKnownAnswers) {
  using Philox = r123::Philox4x64;
  auto const words = [](std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d) {
    return Philox::ctr_type{{a, b, c, d}};
  };
  auto const ones = ~std::uint64_t{0};
  EXPECT_EQ(Philox()(words(0, 0, 0, 0), {{0, 0}}),
            words(0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b));
  EXPECT_EQ(Philox()(words(ones, ones, ones, ones), {{ones, ones}}),
            words(0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0));
  EXPECT_EQ(Philox()(words(0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89),
                     {{0x452821e638d01377, 0xbe5466cf34e90c6c}}),
            words(0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6));
}

TEST(Stream, GivesTheOutputsOfAnIndependentProgram) {
  auto const lines = data_lines("stream_vectors.csv");
  ASSERT_EQ(lines.size(), 7u);
  for (auto const& line : lines) {
    std::istringstream in(line);
    StreamKey key;
    Words expected;
    char comma;
    in >> key.seed >> comma >> key.scenario >> comma >> key.replicate;
    for (auto& word : expected) in >> comma >> word;
    ASSERT_TRUE(in) << line;
    EXPECT_EQ(first_words(ScalarStream(key)), expected) << line;
  }
}

TEST(StableHash, GivesTheHashesOfAnIndependentProgram) {
  auto const lines = data_lines("hash_vectors.csv");
  ASSERT_EQ(lines.size(), 5u);
  for (auto const& line : lines) {
    auto const comma = line.rfind(',');
    EXPECT_EQ(stable_hash(line.substr(0, comma)), std::stoull(line.substr(comma + 1))) << line;
  }
}

TEST(StableHash, ChangesAboutHalfItsBitsWithOneDigit) {
  int pairs = 0;
  double changed = 0;
  for (int n = 1; n < 5000; ++n) {
    auto const one = stable_hash("gamma shape=2.5 rate=1.3 n=" + std::to_string(n));
    auto const other = stable_hash("gamma shape=2.5 rate=1.3 n=" + std::to_string(n + 1));
    int const bits = std::popcount(one ^ other);
    EXPECT_GE(bits, 8) << n;  // binomial(64, 1/2): below 8 with probability 4e-11
    changed += bits;
    ++pairs;
  }
  EXPECT_NEAR(changed / pairs, 32.0, 4.9 * 4.0 / std::sqrt(pairs));  // 1e-6
}

TEST(Stream, HasTheSameBitsInEveryLaneAsAlone) {
  StreamKey const key{.seed = 7, .scenario = 8, .replicate = 1000};
  LaneStream lanes(key);
  std::vector<ScalarStream> alone;
  for (std::uint64_t lane = 0; lane < lane_count; ++lane) alone.emplace_back(StreamKey{7, 8, 1000 + lane});
  auto const expect_lanes = [&](Lanes const& together, auto const& draw) {
    for (int lane = 0; lane < lane_count; ++lane)
      ASSERT_EQ(to_bits(together[lane]), to_bits(draw(alone[static_cast<std::size_t>(lane)]))) << lane;
  };
  for (int i = 0; i < 1000; ++i) {
    expect_lanes(lanes.open_uniform(), [](ScalarStream& s) { return s.open_uniform(); });
    expect_lanes(lanes.normal(), [](ScalarStream& s) { return s.normal(); });
    expect_lanes(lanes.exponential(), [](ScalarStream& s) { return s.exponential(); });
    expect_lanes(lanes.normal_pair().second, [](ScalarStream& s) { return s.normal_pair().second; });
  }
}

TEST(Stream, AdvancesTheLanesOfAMaskAlone) {
  StreamKey const key{.seed = 7, .scenario = 9, .replicate = 0};
  for (unsigned set = 0; set < 256; ++set) {
    LaneStream masked(key), plain(key);
    auto const advanced = masked.next(to_mask(static_cast<LaneSet>(set)));
    auto const first = plain.next();
    auto const second = plain.next();
    auto const after = masked.next();
    for (int lane = 0; lane < lane_count; ++lane) {
      ASSERT_EQ(advanced[lane], first[lane]) << set << ' ' << lane;
      ASSERT_EQ(after[lane], (set >> lane & 1) != 0 ? second[lane] : first[lane]) << set << ' ' << lane;
    }
  }
}

TEST(Stream, MakesUniformsOfTheMiddlesOfEqualCells) {
  ScalarStream words({1, 2, 3}), uniforms({1, 2, 3});
  double smallest = 1, largest = 0;
  for (int i = 0; i < 1'000'000; ++i) {
    double const u = uniforms.open_uniform();
    ASSERT_EQ(u, (static_cast<double>(words.next() >> 12) + 0.5) * 0x1p-52);
    smallest = std::fmin(smallest, u);
    largest = std::fmax(largest, u);
  }
  EXPECT_GT(smallest, 0.0);
  EXPECT_LT(largest, 1.0);
  // The ends, as the bits of the formula: neither 0 nor 1 can occur.
  EXPECT_EQ(from_bits(std::uint64_t{0x3ff0000000000000}) - (1 - 0x1p-53), 0x1p-53);
  EXPECT_EQ(from_bits(std::uint64_t{0x3fffffffffffffff}) - (1 - 0x1p-53), 1 - 0x1p-53);
}

TEST(Stream, SharesNoOutputWithItsNeighbours) {
  std::set<std::uint64_t> seen;
  std::size_t drawn = 0;
  for (std::uint64_t seed = 0; seed < 12; ++seed)
    for (std::uint64_t scenario = 40; scenario < 52; ++scenario)
      for (std::uint64_t replicate = 1020; replicate < 1032; ++replicate) {
        auto const words = first_words(ScalarStream({seed, scenario, replicate}));
        seen.insert(words.begin(), words.end());
        drawn += words.size();
      }
  EXPECT_EQ(drawn, 6912u);
  EXPECT_EQ(seen.size(), drawn);  // independent words: one in common with probability 1.3e-12
}

TEST(Stream, StartsLanesAtConsecutiveReplicates) {
  auto const lanes = initial_lane_state({5, 6, 100});
  for (int lane = 0; lane < lane_count; ++lane) {
    auto const alone = initial_state({5, 6, 100 + static_cast<std::uint64_t>(lane)});
    for (std::size_t word = 0; word < 4; ++word) EXPECT_EQ(lanes[word][lane], alone[word]);
  }
}

}  // namespace
}  // namespace fisherlab::sim

#include "base/text/parse.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "base/expects.hpp"

namespace fisherlab {
namespace {

CountRule const replicates = {"replicates", 1, 10'000'000'000};

TEST(Counts, AreReadAsWholeNumbersOrPowersOfTen) {
  EXPECT_EQ(parse_count("65536", replicates), 65'536);
  EXPECT_EQ(parse_count("1e6", replicates), 1'000'000);
  EXPECT_EQ(parse_count("2.5e3", replicates), 2'500);
  EXPECT_EQ(parse_count("10k", replicates), 10'000);
  EXPECT_EQ(parse_count("2.5M", replicates), 2'500'000);
  for (auto const* text : {"k", "10kk", "1e3k", "10 k", "20:100", "10g"})
    EXPECT_THROW(parse_count(text, replicates), InputError) << text;
  EXPECT_EQ(parse_counts("100, 200,1e3", replicates), (std::vector<std::int64_t>{100, 200, 1000}));
  for (std::string const text :
       {"", "1.5", "0", "-3", "1e11", "99999999999999999999", "nan", "inf", "ten", "1e6x", " 1"})
    EXPECT_THROW(parse_count(text, replicates), InputError) << text;
  for (std::string const text : {"", ",", "1,", "1,,2", "1,1"})
    EXPECT_THROW(parse_counts(text, replicates), InputError) << text;
}

TEST(Counts, AreReadFromListsOfOtherPrograms) {
  for (std::string const text : {"[20,100]", "(20, 100)", "{20,100}", "c(20, 100)"})
    EXPECT_EQ(parse_counts(text, replicates), (std::vector<std::int64_t>{20, 100})) << text;
  EXPECT_EQ(parse_counts(" 20", replicates), (std::vector<std::int64_t>{20}));
  EXPECT_EQ(parse_counts("[20]", replicates), (std::vector<std::int64_t>{20}));
  EXPECT_EQ(parse_counts("1,100", replicates), (std::vector<std::int64_t>{1, 100})) << "a list, not 1100";
  for (auto const* text :
       {"[20,100", "20,100]", "[]", "seq(20,100,20)", "x(20,100)", "[20],[100]", "20 100", "20-100", "1,000", "12,050"})
    EXPECT_THROW(parse_counts(text, replicates), InputError) << text;
}

TEST(Parse, GridsOfCounts) {
  using Counts = std::vector<std::int64_t>;
  CountRule const n{"--n", 1, 100'000};
  EXPECT_EQ(parse_counts("10:1000 by x2", n), (Counts{10, 20, 40, 80, 160, 320, 640}));
  EXPECT_EQ(parse_counts("10:100 by 30", n), (Counts{10, 40, 70, 100}));
  EXPECT_EQ(parse_counts("5, 10:40 by x2, 100", n), (Counts{5, 10, 20, 40, 100}));
  EXPECT_EQ(parse_counts("1:4 by x1.5", n), (Counts{1, 2, 3})) << "1, 1.5, 2.25, 3.375, rounded, each once";
  for (auto const* text : {"10:100", "10:100 by", "10:100 by x1", "10:100 by 0", "10:100 by 1.5", "100:10 by x2",
                           "10:1e6 by x2", "0:10 by 1", "1:100000 by 1", "10:20 by x2, 20"})
    EXPECT_THROW(parse_counts(text, n), InputError) << text;
}

TEST(Seeds, ReachFromZeroToTheLargest64BitNumber) {
  EXPECT_EQ(parse_seed("0"), 0u);
  EXPECT_EQ(parse_seed("18446744073709551615"), std::numeric_limits<std::uint64_t>::max());
  for (std::string const text : {"", "-1", "18446744073709551616", "1e3", "0x10"})
    EXPECT_THROW(parse_seed(text), InputError) << text;
}

TEST(Durations, NeedAUnit) {
  EXPECT_EQ(parse_duration("90s", "d"), 90);
  EXPECT_EQ(parse_duration("30min", "d"), 1800);
  EXPECT_EQ(parse_duration("1.5h", "d"), 5400);
  EXPECT_EQ(parse_duration("2d", "d"), 172'800);
  EXPECT_EQ(parse_duration("365d", "d"), 31'536'000);
  for (std::string const text : {"", "30", "min", "0s", "-1h", "1m", "infs", "1e999h", "1 h", "366d", "1e99h"})
    EXPECT_THROW(parse_duration(text, "d"), InputError) << text;
}

TEST(Levels, LieBetweenAHalfAndOne) {
  EXPECT_EQ(parse_level("0.95"), 0.95);
  for (std::string const text : {"95", "1", "0.5", "0", "nan", "95%"})
    EXPECT_THROW(parse_level(text), InputError) << text;
}

TEST(NumbersForPeople, AreShort) {
  EXPECT_EQ(count_text(812), "812");
  EXPECT_EQ(count_text(65'536), "65.5 thousand");
  EXPECT_EQ(count_text(1'048'576), "1.05 million");
  EXPECT_EQ(count_text(4.2e9), "4.2 billion");
  EXPECT_EQ(duration_text(0.035), "35 ms");
  EXPECT_EQ(duration_text(0.44), "0.4 s");
  EXPECT_EQ(duration_text(12.4), "12 s");
  EXPECT_EQ(duration_text(200), "3 min 20 s");
  EXPECT_EQ(duration_text(7500), "2 h 5 min");
}

}  // namespace
}  // namespace fisherlab

#include "runs/data/large_file.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/fresh_folder.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::runs {
namespace {

std::optional<Observations> streamed(std::string const& bytes, ObservationColumns const& columns = {},
                                     Reading const& reading = {}) {
  static int number = 0;
  auto const folder = test::fresh_folder();
  return read_large_file(test::file_with(folder, std::to_string(++number) + ".csv", bytes), columns, reading, 0);
}

TEST(LargeFile, IsReadAsTheWholeFileIs) {
  std::string rows = "life\n";
  for (int i = 0; i < 300'000; ++i) rows += std::to_string(0.25 * i) + (i % 3 == 0 ? "e-3\n" : "\r\n");
  rows += " 7 ";
  auto const path = test::file_with(test::fresh_folder(), "rows.csv", rows);
  auto const ours = read_large_file(path, {.values = "life"}, {}, 0);
  auto const whole = read_observations(path);
  ASSERT_TRUE(ours.has_value());
  EXPECT_EQ(ours->values, whole.values);
  EXPECT_EQ(ours->name, whole.name);
  EXPECT_EQ(ours->values.capacity(), ours->values.size()) << "no room is wasted";
}

/// The same observations and notes as from the whole file.
TEST(LargeFile, OfSeveralColumnsIsReadAsTheWholeFileIs) {
  struct Case {
    std::string bytes;
    ObservationColumns columns;
    Reading reading = {};
  };
  std::vector<Case> const cases = {
      {"\"\",\"x\",\"g\"\n\"1\",1.5,\"a, b\"\n\"2\",2.5,\"c\"\n\"3\",NA,\"d\"\n",
       {.values = "x"},
       {.skips_missing = true}},
      {",x\r\n0,1\r\n1,2e3\r\n2,+3\r\n", {}},
      {"\xEF\xBB\xBFt;dead;who\n1;0;an\n2.5; 1 ;bo\n7;TRUE;cy\n", {.values = "t", .event = "dead"}},
      {"t\tdead\n1\t0\n2.5\t1\n", {.values = "t"}},
      {"x|k\n1|2\n3|0\n5|4\n", {.count = "k"}},
      {"id,x,flag\n1,TRUE,0\n2,4,1\n", {.values = "x"}},
      {"life time,\"dead?\",k\n1,0,2\n2.5,1,3\n", {.values = "life time", .count = "k", .event = "dead?"}},
      {"x\n\"1\"\n\"2\"\n", {}},
      {"lo,hi,who\n1,2,an\n,3,bo\n2.5,2.5,cy\n4,NA,di\n-Inf,1,ed\n0,Inf,fy\n", {.lower = "lo", .upper = "hi"}},
      {"lo,hi,k\n1,2,3\n2,2,1\n5,,2\n", {.count = "k", .lower = "lo", .upper = "hi"}},
      {"lo,hi\n1,1\n5,\n", {.lower = "lo", .upper = "hi"}},
  };
  for (auto const& c : cases) {
    auto const path = test::file_with(test::fresh_folder(), "file.csv", c.bytes);
    auto const ours = read_large_file(path, c.columns, c.reading, 0);
    auto const whole = read_observations(path, c.columns, c.reading);
    ASSERT_TRUE(ours.has_value()) << c.bytes;
    EXPECT_EQ(ours->values, whole.values) << c.bytes;
    EXPECT_EQ(ours->is_observed, whole.is_observed) << c.bytes;
    EXPECT_EQ(ours->uppers, whole.uppers) << c.bytes;
    EXPECT_EQ(ours->notes, whole.notes) << c.bytes;
    EXPECT_EQ(ours->is_counted, whole.is_counted) << c.bytes;
  }
}

TEST(LargeFile, LeavesToTheWholeReaderWhatIsNotPlain) {
  EXPECT_TRUE(streamed("x\n1\n2.5\n").has_value());
  for (std::string const bytes : {"1\n2\n3\n", "x,y\n1,2\n", "x\n1\nNA\n", "x\n1\n\n2\n", "x\n1,5\n", "NaN\n1\n",
                                  "x\n1e999\n", "x\ninf\n", "x\n", "", "# note\nx\n1\n", "x\n1 2\n", "x\n0x10\n"})
    EXPECT_FALSE(streamed(bytes).has_value()) << bytes;
  for (std::string const bytes : {"x,y\n1,2,3\n", "x,y;z\n1,2;3\n", "x,x\n1,2\n", "x,y\n1,\"2\n3\"\n", "x,y\n1,a\"b\n",
                                  "x,y\n\n1,2\n", "x,y,\n1,2,\n", "sep=,\nx,y\n1,2\n", "3,y\n1,2\n", "x,y\nNA,2\n"})
    EXPECT_FALSE(streamed(bytes, {.values = "x"}).has_value()) << bytes;
  EXPECT_FALSE(streamed("x,k\n1,1.5\n", {.values = "x", .count = "k"}).has_value());
  EXPECT_FALSE(streamed("x,k\n1,2\n", {.values = "x", .event = "k"}).has_value());
  EXPECT_FALSE(streamed(",x\n1,7\n3,8\n", {.values = "x"}).has_value()) << "the first column may mean something";
  for (std::string const row : {"2,1", ",", "Inf,3", "1,-Inf", "a,3", "NA,Inf"})
    EXPECT_FALSE(streamed("lo,hi\n1,2\n" + row + "\n", {.lower = "lo", .upper = "hi"}).has_value()) << row;
  EXPECT_FALSE(streamed("lo,hi\n1,2\n", {.lower = "lo", .upper = "lo"}).has_value());
  EXPECT_FALSE(streamed("x\n1\n", {.values = "y"}).has_value());
  EXPECT_FALSE(streamed("x\n1\n", {.count = "x"}).has_value());
  EXPECT_FALSE(streamed("x\n1\n", {}, {.decimal = ','}).has_value());
  EXPECT_FALSE(streamed("x\n1\n", {}, {.has_header = false}).has_value());
}

}  // namespace
}  // namespace fisherlab::runs

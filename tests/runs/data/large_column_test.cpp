#include "runs/data/large_column.hpp"

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
  return read_large_column(test::file_with(folder, std::to_string(++number) + ".csv", bytes), columns, reading, 0);
}

TEST(LargeColumn, IsReadAsTheWholeFileIs) {
  std::string rows = "life\n";
  for (int i = 0; i < 300'000; ++i) rows += std::to_string(0.25 * i) + (i % 3 == 0 ? "e-3\n" : "\r\n");
  rows += " 7 ";
  auto const path = test::file_with(test::fresh_folder(), "rows.csv", rows);
  auto const ours = read_large_column(path, {.values = "life"}, {}, 0);
  auto const whole = read_observations(path);
  ASSERT_TRUE(ours.has_value());
  EXPECT_EQ(ours->values, whole.values);
  EXPECT_EQ(ours->name, whole.name);
  EXPECT_EQ(ours->values.capacity(), ours->values.size()) << "no room is wasted";
}

TEST(LargeColumn, LeavesToTheWholeReaderWhatIsNotPlain) {
  EXPECT_TRUE(streamed("x\n1\n2.5\n").has_value());
  for (std::string const bytes :
       {"1\n2\n3\n", "x,y\n1,2\n", "x\n1\nNA\n", "x\n1\n\n2\n", "x\n1,5\n", "x\n+1\n", "x\n\"1\"\n", "NaN\n1\n",
        "x\n1e999\n", "x\ninf\n", "x\n", "", "# note\nx\n1\n", "\xEF\xBB\xBFx\n1\n", "x\n1 2\n", "x\n0x10\n"})
    EXPECT_FALSE(streamed(bytes).has_value()) << bytes;
  EXPECT_FALSE(streamed("x\n1\n", {.values = "y"}).has_value());
  EXPECT_FALSE(streamed("x\n1\n", {.count = "x"}).has_value());
  EXPECT_FALSE(streamed("x\n1\n", {}, {.decimal = ','}).has_value());
  EXPECT_FALSE(streamed("x\n1\n", {}, {.has_header = false}).has_value());
}

}  // namespace
}  // namespace fisherlab::runs

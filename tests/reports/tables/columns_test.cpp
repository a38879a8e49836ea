#include "reports/tables/columns.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace fisherlab::reports {
namespace {

struct Sample {
  std::string name;
  double share = 0;
  Estimated mean;

  template <class Visit>
  static void fields(Visit const& field) {
    field("name", "its name", &Sample::name);
    field("share", "a share", &Sample::share);
    field("mean", "a number with its error", &Sample::mean);
  }
};

TEST(Columns, AreThoseOfTheRecordWhateverAReportSays) {
  auto const columns = columns_of<Sample>(std::span<Choice<Sample> const>());
  std::vector<std::string> names;
  for (auto const& column : columns) {
    names.push_back(column.head.name);
    EXPECT_EQ(column.head.title == column.head.name, column.head.name != "mean_mcse");
    EXPECT_FALSE(column.is_usual);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"name", "share", "mean", "mean_mcse"}));
  Sample const sample{"x", 0.123456789, {2.5, 0.25}};
  EXPECT_EQ(columns[0].head.kind, CellKind::text);
  EXPECT_EQ(columns[0].text(sample), "x");
  EXPECT_EQ(columns[1].head.kind, CellKind::number);
  EXPECT_EQ(columns[1].text(sample), "0.123457");
  EXPECT_EQ(columns[2].text(sample), "2.50 (0.25)");
  EXPECT_EQ(columns[3].text(sample), "0.25");
}

TEST(Columns, TakeTheTitleScaleAndTextOfAReport) {
  static constexpr auto choices =
      std::to_array<Choice<Sample>>({{"share", "share %", true, {.scale = 100}},
                                     {"both", "", true, {}, [](Sample const& s) { return s.name + "!"; }, "mean"},
                                     {"mean", "the mean"}});
  auto const columns = columns_of<Sample>(choices);
  ASSERT_EQ(columns.size(), 5u);
  Sample const sample{"x", 0.5, {2.5, 0.25}};
  EXPECT_EQ(columns[1].head.title, "share %");
  EXPECT_TRUE(columns[1].is_usual);
  EXPECT_EQ(columns[1].text(sample), "50");
  EXPECT_EQ(columns[2].head.name, "both");
  EXPECT_EQ(columns[2].text(sample), "x!");
  EXPECT_EQ(columns[4].head.title, "the mean MCSE");
}

}  // namespace
}  // namespace fisherlab::reports

#include "findings/csv/table_csv.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "findings/performance.hpp"

namespace fisherlab {
namespace {

struct Span {
  double from = 0;
  double to = 0;
};

/// A record with every kind of field.
struct Sample {
  std::string name;
  int count = 0;
  Verdict verdict = Verdict::verified;
  Span span;
  Estimated mean;
  std::optional<Estimated> spread;
  std::optional<double> bound;

  double width() const { return span.to - span.from; }
  bool complete() const { return count >= 0; }

  template <class Visit>
  static void fields(Visit const& field) {
    field("name", "its name", &Sample::name);
    field("count", "how many", &Sample::count);
    field("verdict", "what came out", &Sample::verdict);
    field("from", "where it begins", &Sample::span, &Span::from);
    field("to", "where it ends", &Sample::span, &Span::to);
    field("width", "from one to the other", &Sample::width);
    field("mean", "a number with its error", &Sample::mean);
    field("spread", "another", &Sample::spread);
    field("bound", "what may be missing", &Sample::bound);
  }
};

std::string const header = "name,count,verdict,from,to,width,mean,mean_mcse,spread,spread_mcse,bound\n";

std::vector<Sample> samples() {
  return {{"a,b", 2, Verdict::refuted, {1, 3.5}, {0.5, 0.25}, Estimated{4, 0.5}, 0.125},
          {"", 0, Verdict::inconclusive, {}, {}, {}, {}}};
}

TEST(TableCsv, FollowsFromTheListOfFields) {
  auto const [bytes, rows] = table_csv(samples());
  EXPECT_EQ(bytes, header + "\"a,b\",2,refuted,1,3.5,2.5,0.5,0.25,4,0.5,0.125\n,0,inconclusive,0,0,0,0,0,,,\n");
  EXPECT_EQ(rows, 2);
}

TEST(TableFromCsv, GivesBackWhatWasWritten) {
  auto const bytes = table_csv(samples()).bytes;
  EXPECT_EQ(table_csv(table_from_csv<Sample>(bytes, "f")).bytes, bytes);
}

/// A standard deviation that is not defined, with an error of 0 that some formula gave it, and none at all.
TEST(TableFromCsv, GivesBackAnUndefinedNumberWhateverItsErrorIs) {
  PerformanceRow row;
  row.emp_se = {std::nan(""), 0};
  row.coverage = Estimated{std::nan(""), 0.5};
  auto const bytes = table_csv(std::vector{row}).bytes;
  auto const read = table_from_csv<PerformanceRow>(bytes, "performance.csv");
  ASSERT_EQ(read.size(), 1u);
  EXPECT_TRUE(std::isnan(read[0].emp_se.value));
  EXPECT_TRUE(std::isnan(read[0].emp_se.mcse));
  EXPECT_FALSE(read[0].coverage.has_value());
  EXPECT_EQ(table_csv(read).bytes, bytes);
}

TEST(TableFromCsv, NamesTheCellThatIsWrong) {
  auto const complaint = [](std::string const& row) -> std::string {
    try {
      table_from_csv<Sample>(header + row + '\n', "f");
    } catch (InputError const& error) {
      return error.what();
    }
    return "no error";
  };
  std::string const damaged = " (the file is damaged), repeat the run";
  EXPECT_EQ(complaint("a,2.5,refuted,1,3,2,0,0,,,"), "'f', line 2: count '2.5' is no number" + damaged);
  EXPECT_EQ(complaint("a,2,maybe,1,3,2,0,0,,,"), "'f', line 2: verdict 'maybe' is no known word" + damaged);
  EXPECT_EQ(complaint("a,2,refuted,1,3,wide,0,0,,,"), "'f', line 2: width 'wide' is no number" + damaged);
  EXPECT_EQ(complaint("a,2,refuted,1,3,2,0,0,1,,"), "no error");  // an error that is not defined
  EXPECT_EQ(complaint("a,-2,refuted,1,3,2,0,0,,,"), "'f', line 2: holds counts that contradict one another" + damaged);
  EXPECT_EQ(complaint("a,2,refuted,1,3,2,0,0,,,\na,2"), "'f', line 3: has 2 cells where 11 should be" + damaged);
}

}  // namespace
}  // namespace fisherlab

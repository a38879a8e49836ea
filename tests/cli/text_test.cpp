#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "base/text/columns.hpp"
#include "base/text/display_text.hpp"
#include "cli/terminal/progress.hpp"
#include "reports/tables/performance_text.hpp"

namespace fisherlab::cli {
namespace {

int widest(std::string const& text) {
  std::istringstream lines(text);
  int result = 0;
  for (std::string line; std::getline(lines, line);) result = std::max(result, display_width(line));
  return result;
}

TEST(ProgressLine, FitsIntoTheTerminal) {
  ProgressState const state{"gamma shape=2.5;rate=1.3 on something with a long name, n = 320", 1, 0.43, 12'000'000};
  for (int const width : {40, 80, 120}) EXPECT_LT(widest(progress_line(state, {10, 4}, width)), width);
  EXPECT_EQ(progress_line(state, {10, 4}, 90),
            "[#########...........]  43 %  look 2  1.2 million replicates/s  5.3 s left  gamma shape=…");
  EXPECT_EQ(progress_line({"x", 0, 0, 0}, {0, 0}, 80), "[....................]   0 %  x");
}

TEST(HangingColumns, WrapTheLast) {
  EXPECT_EQ(hanging_columns({"name", "says"}, {{"a", "one two three four five six"}, {"longer", "x"}}, 30),
            "name    says\n"
            "------  ----\n"
            "a       one two three four\n"
            "        five six\n"
            "longer  x\n");
}

TEST(PerformanceText, FallsBackToBlocksOnANarrowTerminal) {
  std::vector<PerformanceRow> rows;
  for (std::string const component : {"shape", "rate"})
    for (std::int64_t const n : {20, 40}) {
      PerformanceRow row;
      row.model = "gamma";
      row.parameters = "shape=2.5;rate=1.3";
      row.n = n;
      row.estimator = "mle";
      row.component = component;
      row.replicates = 1'000'000;
      row.bias = {0.1954321, 0.00061};
      row.emp_se = {0.6123456, 0.000433};
      row.coverage = Estimated{0.956321, 0.000204};
      rows.push_back(row);
    }
  std::stable_sort(rows.begin(), rows.end(), [](auto const& a, auto const& b) { return a.n < b.n; });
  auto const narrow = reports::performance_text(rows, 80);
  EXPECT_LE(widest(narrow), 80) << narrow;
  EXPECT_NE(narrow.find("n = 20, 1000000 replicates"), std::string::npos) << narrow;
  EXPECT_NE(narrow.find("mle: shape"), std::string::npos);
  EXPECT_EQ(reports::performance_text(rows, 300).find("mle: shape"), std::string::npos) << "one table where it fits";
}

}  // namespace
}  // namespace fisherlab::cli

#include "base/files/csv.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <locale>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/files/csv_reader.hpp"
#include "findings/csv/table_csv.hpp"
#include "findings/fit_row.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/sample_rows.hpp"

namespace fisherlab {
namespace {

TEST(CsvCell, IsQuotedOnlyWhenItMustBe) {
  EXPECT_EQ(csv_cell("plain text"), "plain text");
  EXPECT_EQ(csv_cell(""), "");
  EXPECT_EQ(csv_cell("<script> & 100% 'x' μ;"), "<script> & 100% 'x' μ;");
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("say \"no\""), "\"say \"\"no\"\"\"");
  EXPECT_EQ(csv_cell("two\nlines"), "\"two\nlines\"");
  EXPECT_EQ(csv_cell("carriage\rreturn"), "\"carriage\rreturn\"");
}

TEST(CsvText, IsReadBackAsItWasWritten) {
  std::string const names[] = {"", "a,b", "\"", "\"\"", "\r\n", "x\ny", " spaces ", "正規 μ", "100%", "<b>&amp;</b>"};
  CsvText csv;
  csv.add("name");
  csv.add("value");
  csv.end_row();
  for (std::string const& name : names) {
    csv.add(name);
    csv.add(0.1);
    csv.end_row();
  }
  auto const records = parse_csv(std::move(csv).take(), "written");
  ASSERT_EQ(records.size(), 1 + std::size(names));
  for (std::size_t i = 0; i < std::size(names); ++i) {
    ASSERT_EQ(records[i + 1].cells.size(), 2u);
    EXPECT_EQ(without_guard(records[i + 1].cells[0]), names[i]);
    EXPECT_EQ(records[i + 1].cells[1], "0.1");
  }
}

TEST(FindingsCsv, HasTheApprovedBytes) {
  test::expect_golden("findings.csv", table_csv(test::sample_findings()).bytes);
}

TEST(FindingsCsv, KeepsALevelNearOne) {
  auto const findings = test::sample_findings();
  auto const records = parse_csv(table_csv(std::vector{findings[0]}).bytes, "findings");
  ASSERT_EQ(records.size(), 2u);
  ASSERT_EQ(records[0].cells[16], "level");
  EXPECT_EQ(std::stod(records[1].cells[16]), 1 - 1e-9);
}

TEST(PerformanceCsv, HasTheApprovedBytes) {
  test::expect_golden("performance.csv", table_csv(test::sample_performance()).bytes);
}

TEST(ConvergenceCsv, HasTheApprovedBytes) {
  std::vector<ConvergenceRow> const rows = {
      {"bias", "gamma", "shape=2.5;rate=1.3", "n times bias, relative", 20, 400'000, 0.857, 0.84, 0.874, 1.1, 0.9, 1.3},
      {"bias", "normal", "mean=0;sd=1", "bias", 40, 400'000, 0, 0, 1e-3, {}, {}, {}}};
  test::expect_golden("convergence.csv", table_csv(rows).bytes);
}

TEST(FitCsv, HasTheApprovedBytes) {
  std::vector<FitRow> rows = {{"shape", 2.102058875, 0.3286, "Wald", 1.458, 2.746},
                              {"shape", 2.102058875, 0.3286, "score", {}, 2.75},
                              {"scale", 81.878334052, 8.6, "Student's t", 65.02, 98.73}};
  rows[0].coverage = {0.94, 0.001};
  rows[0].above = 0.04;
  rows[0].below = 0.02;
  rows[0].width = 1.25;
  rows[2].recommended = "yes";
  rows[2].statistic = 9.52;
  rows[2].p_value = 0.00025;
  test::expect_golden("fit.csv", table_csv(rows).bytes);
}

TEST(FindingsCsv, IsAHeaderLineWithoutFindings) {
  std::string const bytes = table_csv<Finding>({}).bytes;
  EXPECT_EQ(bytes,
            "claim,statement,model,parameters,n,statistic,kind,estimate,std_error,lower,upper,target,margin,"
            "exact_within,replicates,dropped,level,family_error,verdict,expected,outcome,reason\n");
}

TEST(TableCsv, CountsRowsNotLines) {
  EXPECT_EQ(table_csv<Finding>({}).rows, 0);
  auto const [bytes, rows] = table_csv(test::sample_findings());
  EXPECT_EQ(rows, 5);
  EXPECT_EQ(std::count(bytes.begin(), bytes.end(), '\n'), 7) << "a header and a text of two lines";
}

TEST(ParseCsv, TakesEveryLineEnding) {
  auto const records = parse_csv(
      "\xEF\xBB\xBF"
      "a,b\r\n1,\"x\r\ny\"\r2,\n\n\n",
      "file");
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[0].cells, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(records[1].cells, (std::vector<std::string>{"1", "x\r\ny"}));
  EXPECT_EQ(records[2].cells, (std::vector<std::string>{"2", ""}));
  EXPECT_EQ(records[1].line, 2u);
  EXPECT_EQ(records[2].line, 4u);
}

TEST(ParseCsv, RefusesBrokenQuotesAndOtherEncodings) {
  for (std::string const bytes : {"a\n\"open\n", "a\n\"b\"c\n", "a\nb\"c\"\n",
                                  "\xFF\xFE"
                                  "a",
                                  "\xFE\xFF"
                                  "a"})
    EXPECT_THROW(parse_csv(bytes, "file"), InputError) << bytes;
  EXPECT_THROW(parse_csv(std::string("a\n\0\n", 4), "file"), InputError);
}

TEST(CsvCell, IsNoFormulaForASpreadsheet) {
  for (std::string const text : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "'=1", "''-2", "=a,\"b\""}) {
    auto const cell = csv_cell(text);
    auto const shown = cell.front() == '"' ? cell.substr(1) : cell;
    EXPECT_EQ(shown.front(), '\'') << cell;
    EXPECT_EQ(without_guard(spreadsheet_text(text)), text);
    EXPECT_EQ(parse_csv(cell + "\n", "x").at(0).cells.at(0), spreadsheet_text(text));
  }
  for (std::string const text : {"a=b", "'quoted'", "'", "", "score - mean", "1e-3"}) {
    EXPECT_EQ(spreadsheet_text(text), text);
    EXPECT_EQ(without_guard(text), text);
  }
  EXPECT_EQ(csv_cell(-1.5), "-1.5") << "numbers stay numbers";
}

TEST(TableCsv, GivesBackTextsThatLookLikeFormulas) {
  auto findings = test::sample_findings();
  findings[0].model = "=HYPERLINK(\"x\")";
  findings[1].parameters = "'-1";
  auto const bytes = table_csv(findings).bytes;
  auto const read = table_from_csv<Finding>(bytes, "findings.csv");
  EXPECT_EQ(read[0].model, findings[0].model);
  EXPECT_EQ(read[1].parameters, findings[1].parameters);
  EXPECT_EQ(table_csv(read).bytes, bytes);
}

}  // namespace
}  // namespace fisherlab

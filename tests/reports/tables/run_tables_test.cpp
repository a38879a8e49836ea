#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "reports/tables/run_table.hpp"
#include "reports/tables/run_tables_md.hpp"
#include "reports/tables/run_tables_tex.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/influence_rows.hpp"
#include "tests/support/sample_rows.hpp"

namespace fisherlab::reports {
namespace {

RecordedRun sample_run() {
  RecordedRun run;
  run.manifest = test::sample_manifest();
  run.findings = test::sample_findings();
  run.performance = test::sample_performance();
  run.convergence = test::sample_convergence();
  run.influence = test::sample_influence();
  return run;
}

std::vector<RunTable> all_tables(RecordedRun const& run) {
  std::vector<RunTable> tables;
  for (TableKind const kind : table_kinds) tables.push_back(run_table(run, kind));
  return tables;
}

std::vector<std::string> cells_of(TableKind kind, std::vector<std::string> const& columns) {
  return run_table(sample_run(), kind, columns).rows.at(0);
}

TEST(RunTable, HasTheColumnsAskedForInTheirOrder) {
  auto const table = run_table(sample_run(), TableKind::performance, std::vector<std::string>{"estimator", "n"});
  ASSERT_EQ(table.columns.size(), 2u);
  EXPECT_EQ(table.columns[0].name, "estimator");
  EXPECT_EQ(table.rows, (std::vector<std::vector<std::string>>{{"mle", "40"}, {"moments", "40"}}));
}

TEST(RunTable, OffersEveryColumnAndRefusesOthers) {
  int asked = 0;
  for (TableKind const kind : table_kinds)
    for (auto const& name : column_names(kind)) {
      EXPECT_EQ(cells_of(kind, {name}).size(), 1u) << name;
      ++asked;
    }
  EXPECT_EQ(asked, 25 + 45 + 13 + 17);
  EXPECT_THROW(cells_of(TableKind::findings, {"bias"}), InputError);
}

TEST(RunTable, RoundsByTheMonteCarloError) {
  EXPECT_EQ(cells_of(TableKind::performance, {"bias", "mean", "truth", "coverage", "coverage_mcse", "efficiency"}),
            (std::vector<std::string>{"0.19543 (0.00061)", "2.69543 (0.00061)", "2.5", "95.632 (0.020)", "0.020",
                                      "0.7670 [0.7649, 0.7691]"}));
  EXPECT_EQ(cells_of(TableKind::findings, {"estimate", "interval", "lower", "region", "level", "margins_from_target"}),
            (std::vector<std::string>{"0.00013 (0.00010)", "[0.00000, 0.00750]", "0.00000", "[-0.01, 0.01]",
                                      "1 - 1e-09", "1 [0, 75]"}));
  EXPECT_EQ(cells_of(TableKind::convergence, {"discrepancy", "interval", "rate"}),
            (std::vector<std::string>{"0.1080", "[0.0938, 0.1225]", "0.496 [0.267, 0.816]"}));
}

TEST(RunTable, SumsUpTheInfluenceOfEachTestPoint) {
  std::vector<std::string> const columns = {"test_point", "pairs",   "slope",  "relative_error",
                                            "pearson",    "harmful", "helpful"};
  auto const table = run_table(sample_run(), TableKind::influence, columns);
  EXPECT_EQ(table.rows, (std::vector<std::vector<std::string>>{
                            {"mean", "4", "2", "0.5", "1", "4 (-1), 2 (-0.25)", "1 (0.5), 3 (0.125)"},
                            {"17", "0", "", "", "", "", "1 (0.1)"}}));
}

TEST(RunTable, RoundsAOneSidedIntervalByItsFiniteSide) {
  auto run = sample_run();
  auto& m = run.findings[0].measurement;
  m.estimate = 0.5123456;
  m.std_error = 0;
  m.lower = 0.4623456;
  m.upper = std::numeric_limits<double>::infinity();
  EXPECT_EQ(run_table(run, TableKind::findings, std::vector<std::string>{"interval"}).rows[0][0], "[0.462, inf]");
}

TEST(RunTable, LeavesEmptyWhatIsNotDefined) {
  auto const table = run_table(sample_run(), TableKind::performance, std::vector<std::string>{"coverage", "bound"});
  EXPECT_EQ(table.rows[1], (std::vector<std::string>{"", ""}));
}

TEST(TablesMarkdown, HasTheApprovedText) {
  auto const run = sample_run();
  test::expect_golden("report.md", tables_markdown(run.manifest, all_tables(run)));
}

TEST(TablesMarkdown, HasAsManyCellsInEveryRow) {
  auto const run = sample_run();
  std::istringstream lines(tables_markdown(run.manifest, all_tables(run)));
  int rows = 0;
  std::ptrdiff_t bars = 0;
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with('|')) {
      bars = 0;
      continue;
    }
    std::ptrdiff_t here = 0;
    for (std::size_t k = 0; k < line.size(); ++k) here += line[k] == '|' && (k == 0 || line[k - 1] != '\\');
    if (bars == 0) bars = here;
    EXPECT_EQ(here, bars) << line;
    ++rows;
  }
  EXPECT_EQ(rows, 4 * 2 + 5 + 2 + 3 + 2);
}

TEST(TablesLatex, HasTheApprovedText) {
  auto const run = sample_run();
  test::expect_golden("report.tex", tables_latex(run.manifest, all_tables(run)));
}

TEST(LatexText, EscapesWhatLatexReadsOtherwise) {
  EXPECT_EQ(latex_text("50% & a_b #1 $x$ {y} ~^\\"),
            "50\\% \\& a\\_\\allowbreak{}b \\#1 \\$x\\$ \\{y\\} \\textasciitilde{}\\textasciicircum{}"
            "\\textbackslash{}");
  EXPECT_EQ(latex_text("<script>"), "\\textless{}script\\textgreater{}");
  EXPECT_EQ(latex_text("\"q\" `r' --,,"), "{\\char34}q{\\char34} {\\char96}r'{} -{}-{},{},{}");
  EXPECT_EQ(latex_text("a-b mean=-4;x=1e-05"),
            "a-{}b mean=\\penalty200{}\\mbox{-}4;\\allowbreak{}x=\\penalty200{}1e\\mbox{-}05");
  EXPECT_EQ(latex_text("*[x]\nnext|"), "{*}{[}x] next\\textbar{}");
}

TEST(LatexText, HasEveryCharacterInEveryEngine) {
  EXPECT_EQ(latex_text("μ ≤ é ∂正"), "$\\mu$ $\\le$ é \\fisherlabchar{∂}{U+2202}\\fisherlabchar{正}{U+6B63}");
  EXPECT_EQ(latex_text("\xF0\x9F\x98\x80\xFF"),
            "\\fisherlabchar{\xF0\x9F\x98\x80}{U+1F600}\\fisherlabchar{\xEF\xBF\xBD}{U+FFFD}");
}

TEST(LatexNumber, WritesSignsBracketsAndPowersOfTen) {
  EXPECT_EQ(latex_number("-0.50 (0.02)"), "$-0.50\\,(0.02)$");
  EXPECT_EQ(latex_number("[-1e-09, 2.5e+12]"), "$[-1\\times10^{-9},$ $2.5\\times10^{12}]$");
  EXPECT_EQ(latex_number("1 - 2.5e-09"), "$1\\,-\\,2.5\\times10^{-9}$");
  EXPECT_EQ(latex_number("≥ 0.94"), "$\\ge 0.94$");
  EXPECT_EQ(latex_number("[-inf, nan]"), "$[-\\infty,$ $\\mathrm{nan}]$");
  EXPECT_EQ(latex_number("75 %"), "$75\\,\\%$");
}

/// A small reader of what the writer uses of LaTeX: braces and environments close, rows have one cell a column, and no
/// special character stands bare outside mathematics.
TEST(TablesLatex, ClosesAllItOpensAndHasOneCellForEachColumn) {
  auto const run = sample_run();
  std::istringstream lines(tables_latex(run.manifest, all_tables(run)));
  int depth = 0, rows = 0, begun = 0, ended = 0;
  std::ptrdiff_t separators = -1;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('%')) continue;
    begun += line.find("\\begin{longtable}") != std::string::npos;
    ended += line.find("\\end{longtable}") != std::string::npos;
    bool is_math = false;
    bool const is_row = line.ends_with("\\\\") && !line.starts_with("\\caption");
    std::ptrdiff_t here = 0;
    for (std::size_t k = 0; k < line.size(); ++k) {
      char const c = line[k];
      if (c == '\\') {
        ++k;  // the next character is escaped, or begins a name
        continue;
      }
      depth += (c == '{') - (c == '}');
      is_math ^= c == '$';
      here += c == '&';
      EXPECT_EQ(std::string("%~").find(c), std::string::npos) << line;
      bool const is_bare = (!is_math && (c == '_' || c == '^')) || (is_row && c == '#');
      EXPECT_FALSE(is_bare) << line;
    }
    EXPECT_FALSE(is_math) << line;
    if (line.find("longtable}") != std::string::npos) separators = -1;
    if (!is_row) continue;
    if (separators < 0) separators = here;
    EXPECT_EQ(here, separators) << line;
    ++rows;
  }
  EXPECT_EQ(depth, 0);
  EXPECT_EQ(begun, 4);
  EXPECT_EQ(ended, 4);
  EXPECT_EQ(rows, 4 * 2 + 5 + 2 + 3 + 2);
}

}  // namespace
}  // namespace fisherlab::reports

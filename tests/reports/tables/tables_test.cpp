#include <gtest/gtest.h>

#include <limits>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/text/text_table.hpp"
#include "reports/tables/performance_table.hpp"
#include "reports/tables/performance_text.hpp"
#include "reports/tables/summary.hpp"
#include "reports/tables/summary_md.hpp"
#include "reports/tables/terminal_table.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/sample_rows.hpp"

namespace fisherlab::reports {
namespace {

int widest_line(std::string const& text) {
  int widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, display_width(line));
  return widest;
}

TEST(FindingsTable, HasTheApprovedText) {
  test::expect_golden("findings_table.txt", findings_table(test::sample_findings(), {.width = 100}));
}

TEST(FindingsTable, FitsTheTerminalWhateverTheNames) {
  auto findings = test::sample_findings();
  findings[2].claim = std::string(300, 'c');
  for (int const width : {80, 100, 132})
    EXPECT_LE(widest_line(findings_table(findings, {.width = width})), width) << width;
}

/// Neither what a claim is called nor where it stands in the notes is cut in 80 columns: rows would read alike.
TEST(FindingsTable, KeepsApartWhatStandsInOnePlaceOfTheNotes) {
  std::vector<Finding> findings;
  int part = 0;
  for (std::string const claim : {"influence-depth", "influence-weight-decay", "scalar-reparameterization-of-all"}) {
    findings.push_back(test::sample_findings()[0]);
    findings.back().claim = claim;
    findings.back().statement = "6.5, finding " + std::to_string(++part) + " of the appendix";
  }
  auto const wide = findings_table(findings, {.width = 132});
  auto const narrow = findings_table(findings, {.width = 80});
  EXPECT_LE(widest_line(narrow), 80);
  EXPECT_EQ(narrow.find("…"), std::string::npos) << narrow;
  EXPECT_NE(wide.find("6.5, finding 2 of the appendix"), std::string::npos) << wide;
  EXPECT_NE(wide.find("failed"), std::string::npos);
  EXPECT_EQ(narrow.find("failed  open"), std::string::npos) << "columns without an entry" << narrow;
  auto const narrower = findings_table(findings, {.width = 60});
  EXPECT_NE(narrower.find("\n  6.5, finding 2 of the appendix\n"), std::string::npos) << narrower;
  EXPECT_LE(widest_line(narrower), 60);
  std::string words;
  for (std::istringstream all(narrow); all;) {
    std::string word;
    all >> word;
    words += word + ' ';
  }
  for (std::string const word : {"finding", "1", "2", "3", "appendix", "scalar-reparameterization-of-all"})
    EXPECT_NE(words.find(word), std::string::npos) << word << '\n' << narrow;
}

TEST(FindingsTable, PutsFailuresFirstThenOpenOnesThenTheCounts) {
  std::string const text = findings_table(test::sample_findings(), {});
  std::size_t const failed = text.find("FAILED"), open = text.find("OPEN"),
                    counts = text.find("5 findings: 2 as expected");
  EXPECT_EQ(failed, 0u);
  EXPECT_LT(failed, open);
  EXPECT_LT(open, counts);
  EXPECT_NE(counts, std::string::npos);
}

TEST(FindingsTable, ShowsADozenOfEachUnlessAllAreWanted) {
  std::vector<Finding> findings(30, test::sample_findings()[3]);
  for (auto const& f : test::sample_findings()) findings.push_back(f);
  auto const count = [](std::string const& text, std::string const& word) {
    std::size_t found = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
    return found;
  };
  auto const some = findings_table(findings, {}), all = findings_table(findings, {.verbose = true});
  EXPECT_EQ(count(some, "\nOPEN"), 13u);
  EXPECT_NE(some.find("and 19 more: on the page, or with --verbose"), std::string::npos);
  EXPECT_EQ(count(some, "SHOWN"), 0u);
  EXPECT_EQ(count(all, "\nOPEN"), 31u);
  EXPECT_EQ(count(all, "SHOWN"), 1u);
}

TEST(FindingsTable, ColoursOnlyWhenAsked) {
  EXPECT_EQ(findings_table(test::sample_findings(), {}).find('\033'), std::string::npos);
  EXPECT_EQ(findings_table(test::sample_findings(), {.colour = true}).find("\033[1;31mFAILED\033[0m"), 0u);
}

TEST(FindingsTable, LetsNoNameSteerTheTerminal) {
  auto findings = test::sample_findings();
  findings[2].model =
      "\033[2J\r\xC2\x9B"
      "2K\xE2\x80\xAE";
  std::string const text = findings_table(findings, {});
  for (std::string const code : {"\033", "\r", "\xC2\x9B", "\xE2\x80\xAE"})
    EXPECT_EQ(text.find(code), std::string::npos);
}

TEST(FindingsTable, SaysThatThereAreNone) {
  EXPECT_EQ(findings_table({}, {}), "0 findings: 0 as expected, 0 failed, 0 open, 0 shown only.\n");
}

TEST(SummaryMarkdown, HasTheApprovedText) {
  test::expect_golden("summary.md", summary_markdown(test::sample_findings()));
}

TEST(SummaryMarkdown, EscapesMarkup) {
  EXPECT_EQ(markdown_cell("<b>&|\n`x`_y_*z*"), "&lt;b&gt;&amp;\\| \\`x\\`\\_y\\_\\*z\\*");
}

TEST(PerformanceTable, HasTheApprovedText) {
  test::expect_golden("performance_table.txt", performance_table(test::sample_performance()));
}

TEST(CountsSentence, TellsFindingsWithAFamilyErrorOfTheirOwn) {
  auto findings = test::sample_findings();
  EXPECT_EQ(counts_sentence(summarise(findings)), "5 findings: 2 as expected, 1 failed, 1 open, 1 shown only.");
  findings[4].family_error = 0.05;
  EXPECT_EQ(
      counts_sentence(summarise(findings)),
      "5 findings: 2 as expected, 1 failed, 1 open, 1 shown only. 1 about networks at a family error of their own.");
}

TEST(MarginsFromTarget, AreCountedOnTheSideOfTheMargin) {
  using enum RegionKind;
  auto const margins = [](Region region, double estimate, double lower, double upper) {
    Finding finding;
    finding.measurement.estimate = estimate;
    finding.measurement.lower = lower;
    finding.measurement.upper = upper;
    finding.region = region;
    auto const m = margins_from_target(finding);
    return std::vector<double>{m.estimate, m.lower, m.upper};
  };
  using Margins = std::vector<double>;
  EXPECT_EQ(margins({equal, 1, 0.5}, 1.125, 0.875, 1.25), (Margins{0.25, 0, 0.5}));
  EXPECT_EQ(margins({equal, 1, 0.5}, 0.75, 0.5, 0.875), (Margins{0.5, 0.25, 1}));
  EXPECT_EQ(margins({at_least, 1, 0.5}, 0.875, 0.75, 0.9375), (Margins{0.25, 0.125, 0.5}));
  EXPECT_EQ(margins({at_least, 1, 0.5}, 40, 0.75, 100), (Margins{0, 0, 0.5}));
  EXPECT_EQ(margins({at_most, 1, 0.5}, 1.125, -100, 1.25), (Margins{0.25, 0, 0.5}));
  EXPECT_EQ(margins({at_least, 1, 0}, 1.5, 1, 2), (Margins{0, 0, 0}));
  EXPECT_EQ(margins({equal, 1, 0}, 1, 0.5, 1)[2], std::numeric_limits<double>::infinity());
}

TEST(PerformanceText, ShowsControlledMeasuresWhereThereAreSome) {
  auto rows = test::sample_performance();
  for (int const width : {60, 1000})
    EXPECT_EQ(performance_text(rows, width).find("controlled"), std::string::npos) << width;
  rows[0].controlled_bias = Estimated{0.195123, 0.000021};
  rows[0].controlled_emp_se = Estimated{0.61251, 0.00012};
  for (int const width : {60, 1000}) {
    auto const text = performance_text(rows, width);
    for (std::string const part : {"bias, controlled", "0.195123 (0.000021)", "SE, controlled", "0.61251 (0.00012)"})
      EXPECT_NE(text.find(part), std::string::npos) << width << '\n' << text;
  }
}

TEST(TextTable, AlignsWideAndCombiningCharacters) {
  TextTable table({{"name"}, {"x", Align::right}});
  table.add_row({"正規", "1"});
  table.add_row({"e\xCC\x81t\xC3\xA9", "22"});
  EXPECT_EQ(table.text(), "name   x\n----  --\n正規   1\ne\xCC\x81t\xC3\xA9   22\n");
  EXPECT_THROW(table.add_row({"one"}), InputError);
}

TEST(TextTable, WrapsWhatNamesRowsInPlaceOfCuttingIt) {
  TextTable table({{"x", Align::right}, {"finding", Align::left, true}, {"word"}});
  table.add_row({"1", "coverage of the first interval", "a"});
  table.add_row({"2", "bias", "b"});
  EXPECT_EQ(table.text(24),
            "x  finding          word\n-  ---------------  ----\n1  coverage of the  a\n   first interval\n2  bias     "
            "        b\n");
  EXPECT_NE(table.text().find("coverage of the first interval"), std::string::npos);
}

TEST(DisplayText, CutsAndBreaksByColumns) {
  EXPECT_EQ(clipped("abcdef", 4), "abc…");
  EXPECT_EQ(clipped("正規分布", 5), "正規…");
  EXPECT_EQ(clipped("abc", 3), "abc");
  EXPECT_EQ(wrapped("one  two three", 7), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrapped("a 正規分布x", 4), (std::vector<std::string>{"a", "正規", "分布", "x"}));
  EXPECT_EQ(printable("a\xFF\xC0\x80\xED\xA0\x80z"),
            "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz");
}

}  // namespace
}  // namespace fisherlab::reports

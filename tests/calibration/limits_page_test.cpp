// docs/limits.md is what `make limits` makes of the study: every finding with its theory, and no other.
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "base/text/number.hpp"
#include "runs/studies/study.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "tests/support/golden.hpp"

namespace fisherlab {
namespace {

std::string limits_page() { return test::bytes_of(std::filesystem::path(FISHERLAB_SOURCE_DIR) / "docs" / "limits.md"); }

/// A cell of a Markdown table.
std::string cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('_', at)) != std::string::npos; at += 2) text.insert(at, 1, '\\');
  return "| " + text + " ";
}

TEST(LimitsPage, HasEveryFindingOfItsStudyWithItsTheory) {
  auto const page = limits_page();
  int rows = 0;
  for (auto const& question : runs::load_study("limits").questions)
    for (auto const& finding : claims::findings_of(question)) {
      ++rows;
      auto const row = cell(claims::model_text(question)) + cell(claims::parameters_text(question)) +
                       cell(finding.statistic) + cell(rounded_text(finding.region.target, 6));
      EXPECT_NE(page.find(row), std::string::npos) << row;
    }
  int told = 0;
  for (std::size_t at = page.find("| verified |"); at != std::string::npos; at = page.find("| verified |", at + 1))
    ++told;
  EXPECT_EQ(told, rows);
  EXPECT_GE(rows, 200);
  EXPECT_EQ(page.find("refuted"), std::string::npos);
  EXPECT_EQ(page.find("inconclusive"), std::string::npos);
}

TEST(LimitsPage, NamesEveryRegularModel) {
  auto const page = limits_page();
  for (auto const& entry : sim::shipped_models().entries())
    if (entry.card.regularity == sim::Regularity::regular) {
      bool const is_named = page.find(cell(entry.card.name)) != std::string::npos ||
                            page.find('`' + entry.card.name + '`') != std::string::npos;
      EXPECT_TRUE(is_named) << entry.card.name;
    }
}

}  // namespace
}  // namespace fisherlab

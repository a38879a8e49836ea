// docs/theory.md is what `make theory` makes of the notes: every sentence with its claims, and every claim somewhere.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>

#include "claims/catalogue.hpp"
#include "reports/tables/summary_md.hpp"
#include "reports/theory/theory_md.hpp"
#include "tests/support/golden.hpp"

namespace fisherlab {
namespace {

std::string bytes_in(std::string const& folder, std::string const& file) {
  return test::bytes_of(std::filesystem::path(FISHERLAB_SOURCE_DIR) / folder / file);
}

TEST(TheoryPage, NamesEveryClaimAndNoOther) {
  std::set<std::string> named;
  for (auto const& sentence : reports::sentences())
    for (auto const& id : reports::claims_of(sentence)) {
      EXPECT_NE(claims::find_claim(id), nullptr) << id;
      named.insert(id);
    }
  for (auto const& claim : claims::shipped_claims().all())
    EXPECT_TRUE(named.contains(claim.card.id)) << claim.card.id << " stands in no sentence";
}

TEST(TheoryPage, IsOfTheStudyAsItIs) {
  EXPECT_NE(bytes_in("docs", "theory.md").find(reports::theory_mark(bytes_in("studies", "notes.toml"))),
            std::string::npos)
      << "the notes have changed, run `make theory`";
}

TEST(TheoryPage, HasEverySentenceInOrderAndNoneContradicted) {
  auto const page = bytes_in("docs", "theory.md");
  std::size_t at = 0;
  for (auto const& sentence : reports::sentences()) {
    auto const row = "| " + reports::markdown_cell(sentence.place) + " | " + reports::markdown_cell(sentence.text) +
                     " | `" + reports::claims_of(sentence)[0] + "` |";
    at = page.find(row, at);
    ASSERT_NE(at, std::string::npos) << row << ": run `make theory`";
  }
  for (auto const* const word : {"contradicted", "| open |", "not asked"})
    EXPECT_EQ(page.find(word), std::string::npos) << word;
}

}  // namespace
}  // namespace fisherlab

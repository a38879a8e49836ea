// docs/theory.md is what `make theory` makes of the notes: every sentence with its claims, and every claim somewhere.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>

#include "claims/catalogue.hpp"
#include "reports/tables/calibration_md.hpp"
#include "reports/tables/summary_md.hpp"
#include "reports/theory/theory_md.hpp"
#include "sim/models/interface/catalogue.hpp"
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

// docs/power.md is what `make power` makes of studies/power.toml: every claim, with what it sees and its control.
TEST(PowerPage, IsOfTheStudyAsItIsAndNamesEveryClaim) {
  auto const page = bytes_in("docs", "power.md");
  EXPECT_NE(page.find(reports::power_mark(bytes_in("studies", "power.toml"))), std::string::npos)
      << "the study has changed, run `make power`";
  EXPECT_NE(page.find("0 of "), std::string::npos);
  auto const study = bytes_in("studies", "power.toml");
  for (auto const& claim : claims::shipped_claims().all()) {
    EXPECT_NE(page.find("| `" + claim.card.id + "` | "), std::string::npos) << claim.card.id << ": run `make power`";
    if (claim.is_about_data()) continue;
    EXPECT_NE(study.find('"' + claim.card.id + '"'), std::string::npos) << claim.card.id << " has no case of power";
    EXPECT_FALSE(claim.card.control.empty()) << claim.card.id;
  }
}

// Each regular model has a case of efficiency that names no estimator but maximum likelihood.
TEST(Studies, HaveTheEfficiencyOfEveryRegularModel) {
  for (std::string const name : {"notes", "nightly"}) {
    auto const study = bytes_in("studies", name + ".toml");
    for (auto const& entry : sim::shipped_models().entries()) {
      if (entry.card.regularity != sim::Regularity::regular) continue;
      auto const head = "claim = \"efficiency\"\nmodel = \"" + entry.card.name + "\"";
      bool is_of_mle = false;
      for (auto at = study.find(head); at != std::string::npos && !is_of_mle; at = study.find(head, at + 1)) {
        auto const block = study.substr(at, study.find("\n\n", at) - at);
        is_of_mle = block.find("estimator") == std::string::npos && block.find("expect") == std::string::npos;
      }
      EXPECT_TRUE(is_of_mle) << entry.card.name << " in " << name;
    }
  }
}

}  // namespace
}  // namespace fisherlab

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "runs/studies/study.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

/// The findings of a study of tests/data/studies without the questions that `leave_out` names.
std::vector<Finding> findings_of(std::string const& name, std::vector<std::string> const& leave_out) {
  auto study = runs::load_study(std::string(FISHERLAB_TEST_DATA_DIR) + "/studies/" + name);
  std::erase_if(study.questions, [&](Question const& question) {
    return std::find(leave_out.begin(), leave_out.end(), question.claim) != leave_out.end();
  });
  auto settings = study.settings;
  settings.performance = false;
  settings.threads = 0;
  return runs::run(study.questions, settings, {}).findings;
}

bool is_of_limit(Finding const& finding) { return finding.measurement.statistic.starts_with("limit of "); }

// Information planted 3 to 4 % off: the discrepancy passes through zero on the grid and rises again, so that rate and
// size see nothing; the limit is wrong, and is seen to be.
TEST(WrongLimit, IsRefutedWhereTheDiscrepancyPassesThroughZero) {
  int limits = 0;
  for (auto const& finding : findings_of("wrong_limit.toml", {})) {
    if (!is_of_limit(finding)) continue;
    ++limits;
    EXPECT_EQ(finding.verdict, Verdict::refuted) << test::text_of(finding);
  }
  EXPECT_EQ(limits, 4);
}

// Information planted 1.5 to 3 % off. `wilks` and `rao` of a shifted law are limits of laws, and are left out; so is
// `cramer-rao`, whose bound with 77 % of the information a median of 11 still obeys, by 2 %.
TEST(PlantedInformation, IsRefutedByExactStatementsInsideTheirMarginAndByLimits) {
  int exact = 0, limits = 0;
  for (auto const& finding : findings_of("planted_defects.toml", {"wilks", "rao", "cramer-rao"})) {
    bool const is_exact = finding.region.exact_within.has_value();
    bool const is_difference = finding.measurement.statistic.starts_with("E[s s'] less -E[H]");  // free of I
    if (is_difference || (!is_exact && !is_of_limit(finding))) continue;
    ++(is_exact ? exact : limits);
    EXPECT_EQ(finding.verdict, Verdict::refuted) << test::text_of(finding);
  }
  EXPECT_EQ(exact, 3 + 1 + 4);
  EXPECT_EQ(limits, 3);
}

// The same limits unharmed.
TEST(RightLimit, IsVerified) {
  auto settings = test::small_budget();
  settings.first_replicates = 16'384;
  settings.max_replicates = 1'048'576;
  int limits = 0;
  for (std::string const claim : {"asymptotic-variance", "directional-variance", "efficiency", "consistency", "bias"})
    for (auto const& finding : test::findings_of(
             {.claim = claim, .model = test::law("gamma", {2.5, 1.3}), .sizes = {20, 40, 80, 160, 320, 640}},
             settings)) {
      if (!is_of_limit(finding)) continue;
      ++limits;
      EXPECT_EQ(finding.verdict, Verdict::verified) << test::text_of(finding);
    }
  EXPECT_EQ(limits, 5);
}

}  // namespace
}  // namespace fisherlab::claims

// A stated information that is 1 % off is refuted by every claim about a limit that uses it, at the error and with the
// first look of `notes`, with probability .99; at its true value none is.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "base/statistics/proportion.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab {
namespace {

/// Runs of the short form; the environment variable FISHERLAB_CALIBRATION_SEEDS asks for more (100 of 100 were
/// refuted).
int seed_count() {
  char const* const text = std::getenv("FISHERLAB_CALIBRATION_SEEDS");
  int const asked = text != nullptr ? std::atoi(text) : 0;
  return asked > 0 ? asked : 30;
}

bool is_of_limit(Finding const& finding) {
  auto const& statistic = finding.measurement.statistic;
  return statistic.starts_with("limit of ") || statistic.find(", limit, ") != std::string::npos;
}

/// Every claim about a limit that uses the information, put to an exponential rate.
std::vector<claims::Question> questions(double factor, Expectation expected) {
  std::vector<claims::Question> result;
  test::Trial trial{.claim = {}, .model = test::law("exponential", {0.4}), .sizes = {20, 40, 80, 160, 320}};
  trial.defect.information_factor = factor;
  for (std::string const claim : {"asymptotic-variance", "directional-variance", "sandwich", "efficiency",
                                  "consistency", "bias", "second-order-bias", "second-order-variance", "rao", "wald"}) {
    trial.claim = claim;
    trial.options = {};
    if (claim == "sandwich") trial.options["formula"] = "information";
    if (claim.starts_with("second-order")) trial.options["terms"] = "first";
    result.push_back(test::question_of(trial, expected));
  }
  return result;
}

/// How often the findings about limits came to a verdict, by claim.
std::map<std::string, int> count(double factor, Verdict verdict, int runs) {
  std::map<std::string, int> counts;
  auto settings = test::small_budget();
  settings.first_replicates = 65'536;
  settings.max_replicates = 262'144;
  settings.threads = 0;
  for (int seed = 1; seed <= runs; ++seed) {
    settings.seed = static_cast<std::uint64_t>(seed);
    auto const expected = verdict == Verdict::refuted ? Expectation::refuted : Expectation::verified;
    for (auto const& finding : runs::run(questions(factor, expected), settings, {}).findings)
      if (is_of_limit(finding)) counts[finding.claim] += finding.verdict == verdict;
  }
  return counts;
}

TEST(LimitPower, RefutesAnInformationOnePerCentOff) {
  int const seeds = seed_count();
  auto const refuted = count(1.01, Verdict::refuted, seeds);
  EXPECT_EQ(refuted.size(), 10u);
  for (auto const& [claim, times] : refuted) {
    std::printf("%s: information 1 %% off refuted in %d of %d runs\n", claim.c_str(), times, seeds);
    EXPECT_GE(times, 0.99 * seeds) << claim;
  }
}

TEST(LimitPower, VerifiesTheTrueInformation) {
  for (auto const& [claim, times] : count(1, Verdict::verified, 10)) EXPECT_EQ(times, 10) << claim;
}

TEST(LimitPower, RefutesConsistencyWithTheInformationDoubled) {
  test::Trial trial{.claim = "consistency", .model = test::law("gamma", {2.5, 1.3}), .sizes = {20, 40, 80, 160, 320}};
  trial.defect.information_factor = 2;
  int limits = 0;
  for (auto const& finding : test::findings_of(trial))
    if (is_of_limit(finding)) {
      ++limits;
      EXPECT_EQ(finding.verdict, Verdict::refuted) << test::text_of(finding);
      EXPECT_NEAR(finding.measurement.estimate, 2, 0.02);
    }
  EXPECT_EQ(limits, 1);
}

}  // namespace
}  // namespace fisherlab

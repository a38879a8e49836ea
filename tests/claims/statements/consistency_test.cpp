#include <gtest/gtest.h>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

std::vector<std::int64_t> const grid = {20, 40, 80, 160};

TEST(Consistency, IsVerifiedForRegularModels) {
  test::expect_verified({.claim = "consistency", .model = law("exponential", {0.4}), .sizes = grid});
  test::expect_verified(
      {.claim = "consistency", .model = law("gamma", {2.5, 1.3}), .sizes = grid, .options = {{"margin", "0.02"}}});
}

// The score explains the mean of counts in every replicate, which leaves what is not known of its own mean.
TEST(Consistency, IsVerifiedWhereControlsExplainEverything) {
  test::expect_verified({.claim = "consistency", .model = law("bernoulli", {0.3}), .sizes = grid});
  test::expect_verified({.claim = "consistency", .model = law("poisson", {9.3}), .sizes = grid});
}

// The variance estimate tends to half the truth: (1/2)^2 in units of the formal I^-1 = variance^2, plus what is left
// of the spread, 1/(2 n).
TEST(Consistency, IsRefutedForNeymanAndScott) {
  test::Trial const trial{.claim = "consistency", .model = law("neyman_scott", {2, 3}), .sizes = grid};
  test::expect_refuted(trial);
  auto const findings = test::findings_of(trial);
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_NEAR(findings[1].measurement.estimate, 0.25 + 0.5 / 160, 5 * findings[1].measurement.std_error);
}

TEST(Consistency, IsRefutedForDataOfAnotherLaw) {
  test::expect_refuted(
      {.claim = "consistency", .model = law("exponential", {0.4}), .sizes = grid, .data = law("exponential", {0.6})});
}

}  // namespace
}  // namespace fisherlab::claims

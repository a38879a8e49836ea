#include <gtest/gtest.h>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

test::Trial trial_of(Law const& model, std::string const& estimator = {}) {
  return {.claim = "asymptotic-normality", .model = model, .sizes = {10, 40, 160}, .estimator = estimator};
}

// On the edge half of the estimates are 0: the distance is 1/2 at every n.
TEST(AsymptoticNormality, IsRefutedOnTheEdgeOfAHalfLine) {
  auto const trial = trial_of(law("half_line_normal", {0, 2}));
  test::expect_refuted(trial);
  auto const m = test::findings_of(trial)[1].measurement;
  EXPECT_NEAR(m.estimate, 0.5, 5 * m.std_error + 1e-3);
}

TEST(AsymptoticNormality, IsRefutedWhereTheInformationIsZero) {
  test::expect_refuted(trial_of(law("normal_cube", {0})));
}

TEST(AsymptoticNormality, IsRefutedForTheMeanOfCauchyData) {
  test::expect_refuted(trial_of(law("cauchy", {2, 3}), "trimmed_mean(0)"));
}

}  // namespace
}  // namespace fisherlab::claims

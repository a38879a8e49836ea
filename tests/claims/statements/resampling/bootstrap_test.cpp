#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

test::Trial resampled(Law const& model, std::string const& statistic) {
  return {
      .claim = "bootstrap", .model = model, .sizes = {20}, .options = {{"statistic", statistic}, {"margin", "0.03"}}};
}

TEST(Bootstrap, HasTheVarianceOfTheMean) {
  test::expect_verified(resampled(law("exponential", {0.4}), "mean"));
  test::expect_verified(resampled(law("normal", {-4, 0.5}), "mean"));
}

TEST(Bootstrap, FailsForTheMaximum) {
  auto const maximum = law("uniform", {3});
  test::expect_verified(resampled(maximum, "atom"));
  test::expect_refuted(resampled(maximum, "maximum"));
  auto const m = test::findings_of(resampled(maximum, "maximum"))[0].measurement;
  EXPECT_NEAR(m.estimate, 1 - std::pow(0.95, 20), 5 * m.std_error);
}

TEST(Jackknife, IsTheInfinitesimalOneToFirstOrder) {
  test::Trial trial{.claim = "jackknife", .model = law("gamma", {2.5, 1.3}), .sizes = {20, 40, 80, 160}};
  test::expect_verified(trial);
  trial.options["form"] = "unscaled";
  test::expect_refuted(trial);
  trial.model = law("normal", {2.5, 1.3});
  EXPECT_NE(test::refusal(trial).find("positive numbers"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::claims

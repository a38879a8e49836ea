#include <gtest/gtest.h>

#include <string>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

test::Trial with_map(Law const& model, std::string const& map, std::string const& interval,
                     std::string const& margin = "0.05") {
  return {.claim = "interval-parameterization",
          .model = model,
          .sizes = {6},
          .options = {{"map", map}, {"interval", interval}, {"margin", margin}}};
}

/// 512 of 4096 samples are fitted: with none that differs the share is below .04 at an error of 1e-9.
runs::RunSettings one_look() {
  auto settings = test::small_budget();
  settings.max_replicates = settings.first_replicates;
  return settings;
}

TEST(IntervalParameterization, IsVerifiedForLikelihoodRatioAndScoreIntervals) {
  for (std::string const map : {"log", "reciprocal", "square"})
    test::expect_verified(with_map(law("exponential", {0.4}), map, "likelihood-ratio"), one_look());
  test::expect_verified(with_map(law("exponential", {0.4}), "cube", "score"), one_look());
  test::expect_verified(with_map(law("poisson", {9.3}), "sqrt", "likelihood-ratio"), one_look());
}

TEST(IntervalParameterization, IsVerifiedForVectors) {
  test::expect_verified(with_map(law("gamma", {2.5, 1.3}), "log", "likelihood-ratio", "0.06"), one_look());
  test::expect_verified(with_map(law("normal", {2, 3}), "reciprocal", "score"), one_look());
}

TEST(IntervalParameterization, IsRefutedForWaldIntervals) {
  test::expect_refuted(with_map(law("exponential", {0.4}), "log", "wald"), one_look());
  test::expect_refuted(with_map(law("gamma", {2.5, 1.3}), "sqrt", "wald"), one_look());
}

TEST(IntervalParameterization, RefusesWhatItCannotMapOrFit) {
  EXPECT_NE(test::refusal(with_map(law("bernoulli", {0.3}), "log", "wald")).find("no parameter of bernoulli"),
            std::string::npos);
  EXPECT_NE(test::refusal(with_map(law("linear_regression", {-1, 0.8, 2}), "log", "wald")).find("has several"),
            std::string::npos);
}

}  // namespace
}  // namespace fisherlab::claims

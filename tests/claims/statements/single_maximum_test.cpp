#include <gtest/gtest.h>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

TEST(SingleMaximum, IsVerifiedForTheCauchyLaw) {
  test::expect_verified({.claim = "single-maximum", .model = law("cauchy", {2, 3}), .sizes = {10}});
}

TEST(SingleMaximum, IsRefutedForAMixture) {
  auto settings = test::small_budget();
  settings.max_replicates = 4096;
  test::expect_refuted({.claim = "single-maximum", .model = law("normal_mixture", {0.4, -2, 1, 2, 0.7}), .sizes = {40}},
                       settings);
}

TEST(SingleMaximum, NeedsSeveralStartingValues) {
  EXPECT_NE(test::refusal({.claim = "single-maximum", .model = law("gamma", {2.5, 1.3}), .sizes = {10}})
                .find("starting values"),
            std::string::npos);
}

}  // namespace
}  // namespace fisherlab::claims

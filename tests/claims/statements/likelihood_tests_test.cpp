#include <gtest/gtest.h>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

// Exact at every n for a normal mean: no rate. Margins of 0.02 to suit the budget.
TEST(LikelihoodTests, AreExactForANormalMean) {
  for (std::string const claim : {"wilks", "rao", "wald"})
    test::expect_verified({.claim = claim,
                           .model = law("normal_mean", {-4, 0.5}),
                           .sizes = {5},
                           .options = {{"rate", "none"}, {"margin", "0.02"}}});
}

TEST(LikelihoodTests, TendToChiSquared) {
  test::expect_verified(
      {.claim = "wilks", .model = law("exponential", {0.4}), .sizes = {1, 2, 4, 20}, .options = {{"rate", "none"}}});
  test::expect_verified(
      {.claim = "rao", .model = law("gamma", {2.5, 1.3}), .sizes = {80}, .options = {{"rate", "none"}}});
  test::expect_verified({.claim = "wald", .model = law("exponential", {0.4}), .sizes = {2, 4, 8, 80}});
}

// 2 log LR is chi^2_2: its distance to chi^2_1 is the largest difference of the two distribution functions, .2214 at
// 1.4174 (by the root of the difference of densities).
TEST(LikelihoodTests, AreRefutedForTheUniformLaw) {
  for (std::string const claim : {"wilks", "rao", "wald"})
    test::expect_refuted({.claim = claim, .model = law("uniform", {3}), .sizes = {5, 10, 20}});
}

TEST(LikelihoodTests, AreRefutedForDataOfAnotherLaw) {
  for (std::string const claim : {"wilks", "rao", "wald"})
    test::expect_refuted(
        {.claim = claim, .model = law("exponential", {1}), .sizes = {20}, .data = law("gamma", {3, 3})});
}

}  // namespace
}  // namespace fisherlab::claims

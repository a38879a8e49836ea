#include <gtest/gtest.h>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

test::Trial james_stein(std::string const& form) {
  return {.claim = "unbiasedness",
          .model = law("normal_vector", {0.5, -1, 1.5, 0, 0.3, 2}),
          .sizes = {10},
          .options = {{"form", form}, {"margin", "0.05"}},
          .estimator = "james_stein"};
}

// Margins of 0.05 where the claim's own is 0.01.
TEST(Unbiasedness, IsNeededAsPrinted) {
  test::expect_refuted(james_stein("printed"));
  test::expect_refuted({.claim = "unbiasedness",
                        .model = law("normal_mean", {0.05, 1}),
                        .sizes = {10},
                        .options = {{"form", "printed"}},
                        .estimator = "shrunk_mean"});
  test::expect_verified({.claim = "unbiasedness",
                         .model = law("normal_mean", {0.05, 1}),
                         .sizes = {10},
                         .options = {{"form", "printed"}, {"margin", "0.05"}},
                         .estimator = "sample_mean"});
}

TEST(Unbiasedness, IsNotNeededAsCorrected) {
  test::expect_verified(james_stein("corrected"));
  test::expect_verified({.claim = "unbiasedness",
                         .model = law("normal_mean", {0.05, 1}),
                         .sizes = {10},
                         .options = {{"margin", "0.05"}},
                         .estimator = "shrunk_mean"});
}

}  // namespace
}  // namespace fisherlab::claims

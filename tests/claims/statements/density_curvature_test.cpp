#include <gtest/gtest.h>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

// Margins of 0.06 where the claim's own is 0.01.
TEST(DensityCurvature, IsVerifiedForRegularModels) {
  for (auto const& model : {law("normal", {-4, 0.5}), law("gamma", {0.7, 4}), law("poisson", {0.61}),
                            law("logistic", {1000, 0.05}), law("normal_poisson_pair", {-1.2, 0.5})})
    test::expect_verified(
        {.claim = "density-curvature", .model = model, .sizes = {10}, .options = {{"margin", "0.06"}}});
}

// For Laplace grad^2 p/p in the location is 1/scale^2 at every x, so whitened 1: the kink holds the other -1.
TEST(DensityCurvature, IsRefutedForLaplace) {
  test::Trial const trial{.claim = "density-curvature", .model = law("laplace", {2, 3}), .sizes = {10}};
  test::expect_refuted(trial);
  auto const m = test::findings_of(trial)[0].measurement;
  EXPECT_NEAR(m.estimate, 1, 5 * m.std_error + 0.02);
}

TEST(DensityCurvature, IsRefutedForDataOfAnotherLaw) {
  test::expect_refuted(
      {.claim = "density-curvature", .model = law("normal", {2, 3}), .sizes = {10}, .data = law("normal", {2, 3.2})});
}

}  // namespace
}  // namespace fisherlab::claims

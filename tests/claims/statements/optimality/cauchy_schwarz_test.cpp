#include <gtest/gtest.h>

#include <string>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

test::Trial chain(Law const& model, std::int64_t n) {
  return {.claim = "cauchy-schwarz", .model = model, .sizes = {n}, .options = {{"margin", "0.05"}}};
}

TEST(CauchySchwarz, HoldsLinkByLinkForManyParameters) {
  test::expect_verified(chain(law("linear_regression", {-1, 0.8, 2}), 12));
  test::expect_verified(chain(law("categorical", {0.05, 0.3, 0.4}), 12));
  test::expect_verified(chain(law("multivariate_normal", {1, -0.5, 2, 0.6, 1}), 12));
}

TEST(CauchySchwarz, IsRefutedWithTheDiagonalOfTheInformation) {
  auto trial = chain(law("multivariate_normal", {1, -0.5, 2, 0.6, 1}), 12);
  trial.options["information"] = "diagonal";
  test::expect_refuted(trial);
  // Where the information is diagonal the control is none.
  trial.model = law("normal_vector", {1, -0.5, 0.2, 2, 0, 3});
  test::expect_verified(trial);
}

TEST(CauchySchwarz, NeedsDirectionsAndAKnownMean) {
  EXPECT_NE(test::refusal(chain(law("poisson", {3}), 12)).find("has one parameter"), std::string::npos);
  EXPECT_NE(test::refusal(chain(law("weibull", {3, 2}), 12)).find("exact mean"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::claims

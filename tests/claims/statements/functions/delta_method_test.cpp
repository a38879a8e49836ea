#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "base/special/distributions.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

test::Trial function_of(Law const& model, std::string const& function) {
  return {.claim = "delta-method",
          .model = model,
          .sizes = {20, 80, 320},
          .options = {{"function", function}, {"rate", "none"}, {"margin", "0.06"}}};
}

TEST(DeltaMethod, HoldsForMapsAndProperties) {
  test::expect_verified(function_of(law("exponential", {7}), "log"));
  test::expect_verified(function_of(law("gamma", {0.7, 4}), "mean"));
  auto tail = function_of(law("normal", {2, 3}), "tail");
  tail.options["at"] = "5";
  test::expect_verified(tail);
  auto sd = function_of(law("normal", {2, 3}), "square");
  sd.options["component"] = "sd";
  test::expect_verified(sd);
}

TEST(DeltaMethod, IsRefutedWithAWrongSlope) {
  auto trial = function_of(law("exponential", {7}), "reciprocal");
  trial.options["factor"] = "1.5";
  test::expect_refuted(trial);
}

// sqrt(n) log(t/rate), t = n/G, G ~ Gamma(n, 1): its distance to the normal law at n = 20 from the gamma law.
TEST(DeltaMethod, HasTheExactDistanceOfTheGammaLaw) {
  auto trial = function_of(law("exponential", {7}), "log");
  trial.sizes = {20};
  double largest = 0;
  for (double z = -5; z < 5; z += 1e-3) {
    double const p = gamma_tail(20 * std::exp(-z / std::sqrt(20.0)), {20});
    largest = std::max(largest, std::fabs(p - normal_cdf(z)));
  }
  auto const m = test::findings_of(trial)[0].measurement;
  EXPECT_LT(m.lower, largest);
  EXPECT_GT(m.upper, largest);
  EXPECT_NEAR(m.estimate, largest, 0.01);
}

TEST(DeltaMethod, RefusesAFlatFunctionAndWhatIsNone) {
  EXPECT_NE(test::refusal(function_of(law("normal_mean", {0, 3}), "square")).find("see flat-point"), std::string::npos);
  EXPECT_NE(test::refusal(function_of(law("cauchy", {0, 3}), "mean")).find("states no mean"), std::string::npos);
  auto trial = function_of(law("normal", {2, 3}), "log");
  trial.options["component"] = "scale";
  EXPECT_NE(test::refusal(trial).find("name a parameter of normal"), std::string::npos);
  EXPECT_NE(test::refusal(function_of(law("von_mises", {1, 2}), "cube")).find("an angle"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::claims

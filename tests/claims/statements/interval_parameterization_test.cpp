#include <gtest/gtest.h>

#include <string>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

test::Trial with_map(Law const& model, std::string const& map, std::string const& interval) {
  return {.claim = "interval-parameterization",
          .model = model,
          .sizes = {10},
          .options = {{"map", map}, {"interval", interval}}};
}

TEST(IntervalParameterization, IsVerifiedForLikelihoodRatioIntervals) {
  for (std::string const map : {"log", "sqrt", "reciprocal", "square", "cube"})
    test::expect_verified(with_map(law("exponential", {0.4}), map, "likelihood-ratio"));
  test::expect_verified(with_map(law("poisson", {9.3}), "sqrt", "likelihood-ratio"));
}

TEST(IntervalParameterization, IsRefutedForWaldIntervals) {
  test::expect_refuted(with_map(law("exponential", {0.4}), "log", "wald"));
  test::expect_refuted(with_map(law("poisson", {9.3}), "sqrt", "wald"));
}

// Wald's ends for the rate are r (1 -+ z/sqrt n), for its log r exp(-+ z/sqrt n); in standard errors r/sqrt n.
TEST(IntervalParameterization, MeasuresTheDistanceOfWaldsEnds) {
  auto const m = test::findings_of(with_map(law("exponential", {0.4}), "log", "wald"))[0].measurement;
  double const z = 1.959963984540054, root = std::sqrt(10.0), u = z / root;
  EXPECT_NEAR(m.estimate, 0.5 * root * (std::exp(-u) - (1 - u) + std::exp(u) - (1 + u)), 1e-9);
}

}  // namespace
}  // namespace fisherlab::claims

#include <gtest/gtest.h>

#include <string>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

test::Trial needed(std::string const& map, double mean, std::string const& error = "absolute") {
  return {.claim = "needed-observations",
          .model = law("normal_mean", {mean, 0.5}),
          .sizes = {800},
          .options = {{"map", map}, {"error", error}}};
}

TEST(NeededObservations, AreInProportionToTheSquaredSlope) {
  auto const n = [](test::Trial const& trial) {
    test::expect_verified(trial);
    return test::findings_of(trial)[0].n;
  };
  EXPECT_EQ(n(needed("sqrt", 2)), "100");       // 800 (1/(2 sqrt 2))^2
  EXPECT_EQ(n(needed("reciprocal", 2)), "50");  // 800/16
  EXPECT_EQ(n(needed("log", 2)), "200");
  EXPECT_EQ(n(needed("square", 0.5)), "800");
  EXPECT_EQ(n(needed("square", -0.5)), "800");  // the other preimage of 1/4
}

// Example 2: sqrt(mu) within a factor takes n in proportion to mu^-2.
TEST(NeededObservations, OfARelativeErrorGrowNearZero) {
  EXPECT_EQ(test::findings_of(needed("sqrt", 0.5, "relative"))[0].n, "800");
  EXPECT_EQ(test::findings_of(needed("sqrt", 2, "relative"))[0].n, "50");
  test::expect_verified(needed("sqrt", 0.5, "relative"));
  test::expect_verified(needed("sqrt", 2, "relative"));
}

TEST(NeededObservations, AreRefutedInProportionToItsInverse) {
  auto trial = needed("sqrt", 2);
  trial.sizes = {100};
  trial.options["form"] = "steep-is-easier";
  test::expect_refuted(trial);
}

TEST(NeededObservations, AreRefusedWhereTheSlopeIsZero) {
  EXPECT_NE(test::refusal(needed("square", 0)).find("see flat-point"), std::string::npos);
  EXPECT_NE(test::refusal(needed("reciprocal", 40)).find("choose another n"), std::string::npos);
}

TEST(FlatPoint, HasTheLawOfASquare) {
  test::Trial trial{.claim = "flat-point", .model = law("normal_mean", {0, 3}), .sizes = {20}};
  test::expect_verified(trial);
  trial.options["form"] = "centred";
  test::expect_refuted(trial);
  trial.model = law("normal_mean", {1, 3});
  EXPECT_NE(test::refusal(trial).find("theta = 0"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::claims

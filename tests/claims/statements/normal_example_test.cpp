#include <gtest/gtest.h>

#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

TEST(NormalExample, IsVerifiedOverAGridOfStandardDeviations) {
  for (double const sd : {0.2, 3.0, 40.0})
    test::expect_verified({.claim = "normal-example",
                           .model = law("normal_mean", {-4, sd}),
                           .sizes = {10},
                           .options = {{"margin", "0.03"}}});
}

TEST(NormalExample, MeasuresAQuarterOfTheInformationAtTwiceTheSpread) {
  auto const findings =
      test::findings_of({.claim = "normal-example", .model = law("normal_mean", {2, 3}), .sizes = {10}});
  ASSERT_EQ(findings.size(), 3u);
  EXPECT_NEAR(findings[1].measurement.estimate, 0.25, 5 * findings[1].measurement.std_error);
  EXPECT_EQ(findings[1].verdict, Verdict::verified);
  EXPECT_NEAR(findings[2].measurement.estimate, 4, 5 * findings[2].measurement.std_error);  // the variance of the mean
}

TEST(NormalExample, IsRefutedForTheFirstPowerOfTheSpread) {
  test::expect_refuted({.claim = "normal-example",
                        .model = law("normal_mean", {2, 3}),
                        .sizes = {10},
                        .options = {{"formula", "1/sd"}}});
}

TEST(NormalExample, IsRefutedForInformationMeasuredOnOtherData) {
  test::expect_all(Verdict::refuted, {.claim = "normal-example",
                                      .model = law("normal_mean", {2, 3}),
                                      .sizes = {10},
                                      .options = {{"formula", "1/sd"}},
                                      .data = law("normal_mean", {2, 3.3})});
}

TEST(NormalExample, IsAboutOneModel) {
  auto const message = test::refusal({.claim = "normal-example", .model = law("normal", {2, 3}), .sizes = {10}});
  EXPECT_NE(message.find("normal_mean"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::claims

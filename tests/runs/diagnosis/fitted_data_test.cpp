#include "runs/diagnosis/fitted_data.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "runs/diagnosis/diagnosis.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::runs {
namespace {

sim::AnyModel exponential() { return test::law("exponential", {1}).model; }

std::string refusal_of(sim::AnyModel const& model, std::vector<double> const& values) {
  try {
    fit_to_data(model, {"data.csv", values}, 0.95);
  } catch (InputError const& error) {
    return error.what();
  }
  return "";
}

TEST(FittedData, HoldsTheEstimateAndTheSummary) {
  auto const fitted = fit_to_data(exponential(), {"data.csv", {1, 2, 6}}, 0.95);
  EXPECT_EQ(fitted.data.name, "data.csv");
  EXPECT_EQ(fitted.data.n, 3);
  EXPECT_DOUBLE_EQ(fitted.data.mean, 3);
  EXPECT_DOUBLE_EQ(fitted.data.sd, std::sqrt(7.0));  // (4 + 1 + 9)/2
  ASSERT_EQ(fitted.law().theta.size(), 1u);
  EXPECT_NEAR(fitted.law().theta[0], 1.0 / 3, 1e-12);
}

// No event in n looks: (0, -log(.025)/n), and for a probability 1 - .025^(1/n).
TEST(FittedData, GivesTheExactIntervalAtTheEdge) {
  std::vector<double> const zeros(20, 0.0);
  EXPECT_NE(refusal_of(test::law("poisson", {1}).model, zeros).find("its Garwood interval is [0, 0.1844] at 95 %"),
            std::string::npos)
      << refusal_of(test::law("poisson", {1}).model, zeros);
  EXPECT_NE(refusal_of(test::law("bernoulli", {0.5}).model, zeros).find("Clopper-Pearson interval is [0, 0.1684]"),
            std::string::npos)
      << refusal_of(test::law("bernoulli", {0.5}).model, zeros);
  EXPECT_NE(refusal_of(test::law("geometric", {0.5}).model, zeros).find("exact tails interval is [0.8316, 1] at"),
            std::string::npos)
      << refusal_of(test::law("geometric", {0.5}).model, zeros);
}

TEST(FittedData, SummarisesAnglesRoundTheCircle) {
  auto const summary = [](double turn) {
    std::vector<double> angles = {-0.3, 0.1, 0.5};
    for (double& a : angles) a = std::remainder(a + turn, 2 * M_PI);
    return fit_to_data(test::law("von_mises", {0, 1}).model, {"data.csv", angles}, 0.95).data;
  };
  for (double const turn : {0.0, 1.0, M_PI, -2.5}) {
    auto const round = summary(turn).round;
    ASSERT_TRUE(round);
    EXPECT_NEAR(std::remainder(round->direction - 0.1 - turn, 2 * M_PI), 0, 1e-12) << turn;
    EXPECT_NEAR(round->length, (1 + 2 * std::cos(0.4)) / 3, 1e-12) << turn;
  }
  EXPECT_FALSE(fit_to_data(exponential(), {"data.csv", {1, 2, 6}}, 0.95).data.round);
}

TEST(FittedData, IsWhereADiagnosisSimulates) {
  auto const fitted = fit_to_data(exponential(), {"data.csv", {1, 2, 6, 4}}, 0.95);
  DiagnosisSettings settings;
  settings.replicates = 2048;
  auto const diagnosis = diagnose(fitted.law(), fitted.data.n, settings);
  EXPECT_EQ(diagnosis.n, 4);
  EXPECT_EQ(diagnosis.replicates, 2048);
}

TEST(FittedData, RemarksOnAKnownConstantThatIsTheSmallestObservation) {
  auto const notes = [](double minimum) {
    return fit_to_data(test::law("pareto", {1, minimum}).model, {"data.csv", {2, 3, 5, 9}}, 0.95).data.notes;
  };
  ASSERT_EQ(notes(2).size(), 1u);
  EXPECT_NE(notes(2)[0].find("The known constant is the smallest observation, 2: if it was read off the data"),
            std::string::npos);
  EXPECT_TRUE(notes(1.5).empty());
}

TEST(FittedData, RefusesWhatNoSampleCanBe) {
  EXPECT_NE(refusal_of(exponential(), {1, -2}).find("'data.csv', observation 2: -2 is outside the support"),
            std::string::npos);
  EXPECT_NE(refusal_of(exponential(), {1}).find("has one observation"), std::string::npos);
  EXPECT_NE(refusal_of(exponential(), {5, 5, 5}).find("3 times the same value 5"), std::string::npos);
  EXPECT_NE(refusal_of(test::law("uniform", {1}).model, {1, 2}).find("outside the hypotheses"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::runs

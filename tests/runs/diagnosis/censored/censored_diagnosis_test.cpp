#include "runs/diagnosis/censored/censored_diagnosis.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/special/distributions.hpp"
#include "runs/diagnosis/censored/censoring_law.hpp"
#include "runs/diagnosis/recommendation.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::runs {
namespace {

sim::AnyModel model(std::string const& name, std::vector<double> const& theta) { return test::law(name, theta).model; }

/// tests/data/life.csv: 40 made lifetimes in hours, each given up at 80.
Observations lives() {
  return read_observations(std::string(FISHERLAB_TEST_DATA_DIR) + "/life.csv", {.values = "hours", .event = "failed"});
}

TEST(CensoringLaw, IsKaplanMeierOfTheCensorings) {
  // At risk 5, 4, 3, 2, 1: P(C > 2) = 3/4 (an end at 2 would leave first), P(C > 4) = 3/4 x 1/2.
  CensoringLaw const law({{1, 2, 3, 4, 5}, {1, 0, 1, 0, 1}});
  EXPECT_EQ(law.times(), (std::vector<double>{2, 4}));
  EXPECT_DOUBLE_EQ(law.cumulative()[0], 0.25);
  EXPECT_DOUBLE_EQ(law.cumulative()[1], 0.625);
  EXPECT_EQ(law.time_of(0.2), 2);
  EXPECT_EQ(law.time_of(0.3), 4);
  EXPECT_EQ(law.time_of(0.7), std::numeric_limits<double>::infinity()) << "the largest was an end";
}

TEST(CensoringLaw, EndsComeBeforeCensoringsAtTheSameTime) {
  CensoringLaw const law({{2, 2, 2, 3}, {0, 1, 1, 0}});
  EXPECT_DOUBLE_EQ(law.cumulative()[0], 0.5) << "two were at risk when one of them was given up";
  EXPECT_DOUBLE_EQ(law.cumulative()[1], 1);
}

TEST(CensoredDiagnosis, ReadsSurvivorsAsSurvivors) {
  auto const data = fit_censored_data(model("weibull", {1, 1}), lives(), 0.95);
  EXPECT_EQ(data.observed(), 25);
  EXPECT_NEAR(data.fit.theta[0], 1.53, 0.005);
  EXPECT_NEAR(data.fit.theta[1], 80.5, 0.05);
}

TEST(CensoredDiagnosis, CensorsAsTheDataWere) {
  auto const data = fit_censored_data(model("weibull", {1, 1}), lives(), 0.95);
  DiagnosisSettings settings;
  settings.replicates = 2048;
  auto const one = diagnose_censored(data, settings);
  EXPECT_EQ(one.diagnosis.replicates, 2048);
  // All are given up at 80: a share exp(-(80/c)^k) is.
  double const share = std::exp(-std::pow(80 / data.fit.theta[1], data.fit.theta[0]));
  EXPECT_NEAR(one.mean_censored, share, 5 * std::sqrt(share * (1 - share) / (40 * 2048)));
  settings.threads = 1;
  auto const again = diagnose_censored(data, settings);
  EXPECT_EQ(one.diagnosis.parameters[0].bias_in_std_errors.value,
            again.diagnosis.parameters[0].bias_in_std_errors.value)
      << "threads change nothing";
}

/// Without censoring rate/rate hat = G/n with G ~ Gamma(n): Wald misses where |1 - G/n| > z/sqrt(n).
TEST(CensoredDiagnosis, FindsTheExactCoverageOfTheExponentialLaw) {
  Observations const data{"data.csv", {1, 2, 6, 4, 0.5}, std::vector<bool>(5, true), {}};
  auto const fitted = fit_censored_data(model("exponential", {1}), data, 0.95);
  DiagnosisSettings settings;
  settings.replicates = 40'000;
  auto const diagnosis = diagnose_censored(fitted, settings);
  EXPECT_EQ(diagnosis.mean_censored, 0);
  double const n = 5, reach = normal_quantile(0.975) / std::sqrt(n);
  double const above = gamma_cdf(n * (1 - reach), Shape{n}), below = gamma_tail(n * (1 + reach), Shape{n});
  auto const& p = diagnosis.diagnosis.parameters[0];
  double const error = std::sqrt(0.05 / 40'000);
  EXPECT_NEAR(p.wald_above, above, 4 * error);
  EXPECT_NEAR(1 - p.wald.value - p.wald_above, below, 4 * error);
  // rate hat = n rate/G: its variance is rate^2 n^2/((n - 1)^2 (n - 2)), theory's rate^2/n.
  EXPECT_NEAR(p.theory_std_error, fitted.fit.theta[0] / std::sqrt(n), 1e-6) << "the information is a constant";
  EXPECT_NEAR(p.variance_ratio.value, n * n * n / ((n - 1) * (n - 1) * (n - 2)), 5 * p.variance_ratio.mcse);
}

TEST(CensoredDiagnosis, RefusesWhatHasNoLikelihood) {
  auto const refusal = [](sim::AnyModel const& law, Observations const& data) {
    try {
      fit_censored_data(law, data, 0.95);
    } catch (InputError const& error) {
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  auto const weibull = model("weibull", {1, 1});
  EXPECT_NE(refusal(model("beta", {1, 1}), {"d", {0.1, 0.2}, {true, false}}).find("no likelihood for censored data"),
            std::string::npos);
  EXPECT_NE(refusal(weibull, {"d", {1, 2, 3}, {true, false, false}}).find("has 1 observed end"), std::string::npos);
  EXPECT_NE(refusal(weibull, {"d", {1, -2, 3}, {true, true, false}}).find("observation 2: -2 is outside"),
            std::string::npos);
}

TEST(Recommendation, TakesTheShortestOfThoseThatMissAsDeclared) {
  auto const advised =
      recommend({{"Wald", {1, 2}, {0.95, 0}}, {"score", {1, 1.5}, {0.94, 0}}, {"LR", {1, 1.2}, {0.90, 0}}}, 0.95);
  EXPECT_EQ(advised.name, "score");
}

TEST(Recommendation, IsNeverUnboundedUnlessAllAre) {
  double const inf = std::numeric_limits<double>::infinity();
  auto const mixed = recommend({{"Wald", {-inf, inf}, {0.95, 0}}, {"LR", {1, 9}, {0.90, 0}}}, 0.95);
  EXPECT_EQ(mixed.name, "") << "the bounded one misses too often";
  EXPECT_NE(mixed.reason.find("LR 2.00"), std::string::npos) << mixed.reason;
  EXPECT_EQ(recommend({{"Wald", {-inf, inf}, {0.95, 0}}, {"LR", {1, 9}, {0.95, 0}}}, 0.95).name, "LR");
  EXPECT_EQ(recommend({{"Wald", {-inf, inf}, {0.95, 0}}}, 0.95).name, "Wald");
}

TEST(Recommendation, FollowsTheLevel) {
  EXPECT_EQ(recommend({{"Wald", {1, 2}, {0.985, 0}}}, 0.99).name, "");
  EXPECT_EQ(recommend({{"Wald", {1, 2}, {0.985, 0}}}, 0.985).name, "Wald");
  double const nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(recommend({{"Wald", {1, nan}, {0.95, 0}}, {"LR", {1, 2}, {nan, 0}}}, 0.95).name, "");
}

}  // namespace
}  // namespace fisherlab::runs

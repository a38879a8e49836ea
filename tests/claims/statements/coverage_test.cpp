#include <gtest/gtest.h>

#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "claims/instruments/probes/intervals.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

// Margins of 0.02 where the claim's own is 0.01.
TEST(Coverage, IsVerifiedForTheLikelihoodRatio) {
  test::expect_verified({.claim = "coverage",
                         .model = law("exponential", {0.4}),
                         .sizes = {20},
                         .options = {{"interval", "likelihood-ratio"}, {"margin", "0.02"}}});
  test::expect_verified({.claim = "coverage",
                         .model = law("weibull", {2.1, 81.9}),
                         .sizes = {60},
                         .options = {{"interval", "score"}, {"margin", "0.03"}, {"level", "0.9"}}});
}

// Wald for a normal deviation is far off at small n and gets better as 1/n.
TEST(Coverage, IsVerifiedWithItsRate) {
  auto settings = test::small_budget();
  settings.first_replicates = 65'536;
  test::expect_verified({.claim = "coverage",
                         .model = law("normal", {2, 3}),
                         .sizes = {5, 10, 20, 40},
                         .options = {{"component", "sd"}, {"margin", "0.05"}}},
                        settings);
}

TEST(Coverage, IsVerifiedAgainstExactSums) {
  for (auto const& model : {law("bernoulli", {0.2}), law("exponential", {7})})
    test::expect_verified({.claim = "coverage",
                           .model = model,
                           .sizes = {10, 98},
                           .options = {{"against", "exact"}, {"margin", "0.02"}}});
  test::expect_verified({.claim = "coverage",
                         .model = law("poisson", {1}),
                         .sizes = {1, 10},
                         .options = {{"against", "exact"}, {"interval", "score"}, {"margin", "0.02"}}});
}

// Mean Wald .868145 at n = 5, log Wald .932196; normal variance .80474 at n = 10; Wilson and Agresti-Coull.
TEST(Coverage, IsVerifiedAgainstExactValuesOnOtherScales) {
  int asked = 0;
  for (char const* const scale : {"log", "sqrt", "reciprocal", "cube-root", "square"}) {
    test::expect_verified({.claim = "coverage",
                           .model = law("exponential", {0.4}),
                           .sizes = {5},
                           .options = {{"against", "exact"}, {"scale", scale}, {"margin", "0.02"}}});
    test::expect_verified(
        {.claim = "coverage",
         .model = law("normal", {2, 3}),
         .sizes = {10},
         .options = {{"against", "exact"}, {"scale", scale}, {"component", "sd"}, {"margin", "0.02"}}});
    asked += 2;
  }
  for (char const* const interval : {"wilson", "agresti-coull", "wald-observed"}) {
    test::expect_verified({.claim = "coverage",
                           .model = law("bernoulli", {0.2}),
                           .sizes = {10, 98},
                           .options = {{"against", "exact"}, {"interval", interval}, {"margin", "0.02"}}});
    ++asked;
  }
  EXPECT_EQ(asked, 13);
}

// The Wald interval for the mean of an exponential sample is 8 points short at n = 5, that for the rate is not.
TEST(Coverage, IsRefutedOnTheWrongScale) {
  test::expect_refuted({.claim = "coverage",
                        .model = law("exponential", {0.4}),
                        .sizes = {5},
                        .options = {{"scale", "reciprocal"}, {"margin", "0.02"}}});
  test::expect_verified(
      {.claim = "coverage", .model = law("exponential", {0.4}), .sizes = {5}, .options = {{"margin", "0.02"}}});
}

TEST(Coverage, RefusesIntervalsThatAreNone) {
  auto const refusal = [](Law const& model, std::map<std::string, std::string> const& options) {
    return test::refusal({.claim = "coverage", .model = model, .sizes = {10}, .options = options});
  };
  EXPECT_EQ(
      refusal(law("poisson", {1}), {{"interval", "wilson"}}),
      "wilson is an interval for a probability of success, and poisson counts no trials; choose another interval");
  EXPECT_EQ(refusal(law("exponential", {1}), {{"interval", "score"}, {"scale", "log"}}),
            "only Wald intervals depend on the scale, leave scale out or set interval = \"wald\"");
  EXPECT_EQ(
      refusal(law("normal", {2, 3}), {{"scale", "log"}}),
      "the scale log does not suit mean of normal, which may lie where it is not monotone; name another component "
      "or scale");
  EXPECT_NE(refusal(law("exponential", {1}), {{"scale", "logit"}}), "");
  EXPECT_NE(refusal(law("exponential", {1}), {{"scale", "cubic"}}), "");
  EXPECT_EQ(refusal(law("normal", {2, 3}), {{"scale", "log"}, {"component", "sd"}}), "");
}

TEST(Coverage, NamesItsScale) {
  auto const question = test::question_of(
      {.claim = "coverage", .model = law("exponential", {2}), .sizes = {5}, .options = {{"scale", "cube-root"}}},
      Expectation::verified);
  EXPECT_EQ(findings_of(question)[0].statistic,
            "distance of the coverage of the wald (cube-root scale) 95 % interval for rate from nominal");
}

// .7922 at n = 592.
TEST(Coverage, IsRefutedForWaldNearZero) {
  test::Trial const trial{.claim = "coverage", .model = law("bernoulli", {0.005}), .sizes = {592}};
  test::expect_refuted(trial);
  auto const m = test::findings_of(trial)[0].measurement;
  EXPECT_NEAR(m.estimate, 0.95 - 0.7922, 5 * m.std_error);
}

TEST(Coverage, IsRefutedForPlantedDefects) {
  // Information stated at half its value widens every interval by sqrt(2): 0.9944 in place of 0.95.
  test::expect_refuted(
      {.claim = "coverage", .model = law("normal_mean", {2, 3}), .sizes = {5}, .defect = {.information_factor = 0.5}});
  test::expect_refuted({.claim = "coverage",
                        .model = law("exponential", {0.4}),
                        .sizes = {20},
                        .options = {{"interval", "likelihood-ratio"}},
                        .defect = {.scale_for_rate = true}});
}

TEST(Coverage, NamesItsLevel) {
  for (auto const& [level, name] : {std::pair{"0.95", "95 %"}, {"0.975", "97.5 %"}, {"0.9999", "99.99 %"}}) {
    auto const question = test::question_of({.claim = "coverage",
                                             .model = law("normal_mean", {2, 3}),
                                             .sizes = {5},
                                             .options = {{"level", level}, {"interval", "score"}}},
                                            Expectation::verified);
    EXPECT_EQ(findings_of(question)[0].statistic,
              "distance of the coverage of the score " + std::string(name) + " interval for mean from nominal");
  }
}

// sd_hat/sd = r with n r^2 ~ chi^2_{n-1}; Wald holds sd when |r - 1| <= z r/sqrt(2n).
TEST(Coverage, OfANormalDeviationIsExact) {
  auto settings = test::small_budget();
  settings.first_replicates = settings.max_replicates = 65'536;
  int checked = 0;
  for (std::int64_t const n : {5, 10, 20}) {
    auto const size = static_cast<double>(n);
    double const reach = critical_value(0.9) / std::sqrt(2 * size);
    boost::math::chi_squared const chi(size - 1);
    double const low = size / ((1 + reach) * (1 + reach));
    double const high = size / ((1 - reach) * (1 - reach));
    double const exact = boost::math::cdf(chi, high) - boost::math::cdf(chi, low);
    auto const m = test::findings_of({.claim = "coverage",
                                      .model = law("normal", {2, 3}),
                                      .sizes = {n},
                                      .options = {{"component", "sd"}, {"level", "0.9"}}},
                                     settings)[0]
                       .measurement;
    EXPECT_EQ(m.statistic, "distance of the coverage of the wald 90 % interval for sd from nominal");
    EXPECT_NEAR(m.estimate, std::fabs(exact - 0.9), 5 * m.std_error) << n;
    ++checked;
  }
  EXPECT_EQ(checked, 3);
}

// Signed, and extrapolated: a stated information 1.25 times the true one leaves P(|Z| <= z/1.25^(1/2)) = 0.9204.
TEST(Coverage, IsExtrapolatedToItsLimit) {
  auto settings = test::small_budget();
  settings.family_error = 1e-3;
  settings.first_replicates = 65'536;
  test::Trial trial{.claim = "coverage",
                    .model = test::law("exponential", {0.4}),
                    .sizes = {20, 40, 80, 160, 320},
                    .options = {{"limit-margin", "0.01"}, {"margin", "0.02"}}};
  auto const of_limit = [&] { return test::findings_of(trial, settings).back(); };
  auto const right = of_limit();
  EXPECT_EQ(right.verdict, Verdict::verified) << test::text_of(right);
  EXPECT_EQ(right.measurement.statistic, "limit of the coverage of the wald 95 % interval for rate");
  EXPECT_NEAR(right.measurement.estimate, 0.95, 5 * right.measurement.std_error);
  EXPECT_LT(right.measurement.std_error, 0.0015);
  trial.defect = {.information_factor = 1.25};
  auto const wrong = of_limit();
  EXPECT_EQ(wrong.verdict, Verdict::refuted) << test::text_of(wrong);
  EXPECT_NEAR(wrong.measurement.estimate, 0.9204, 5 * wrong.measurement.std_error);
}

TEST(Coverage, HasNoLimitMarginWhereItHasNoSeries) {
  test::Trial trial{.claim = "coverage",
                    .model = test::law("poisson", {4}),
                    .sizes = {20, 40, 80, 160, 320},
                    .options = {{"limit-margin", "0.01"}}};
  EXPECT_NE(test::refusal(trial).find("lives on a lattice"), std::string::npos);
  trial.model = test::law("exponential", {0.4});
  trial.sizes = {20, 40, 80};
  EXPECT_NE(test::refusal(trial).find("five sample sizes"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::claims

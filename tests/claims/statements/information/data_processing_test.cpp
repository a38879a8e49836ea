#include <gtest/gtest.h>

#include <boost/math/constants/constants.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/quadrature/tanh_sinh.hpp>
#include <cmath>
#include <string>

#include "base/text/number.hpp"
#include "claims/instruments/exact/statistic.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

using test::law;

double kept(Law const& model, std::string const& statistic, std::string const& at = {}) {
  return share_kept(model, statistic_of(statistic, at))(0, 0);
}

TEST(ShareKept, HasClosedFormsOfTheNormalMean) {
  EXPECT_NEAR(kept(law("normal_mean", {0, 2}), "sign"), 2 / boost::math::constants::pi<double>(), 1e-7);
  EXPECT_NEAR(kept(law("normal_mean", {0, 2}), "absolute"), 0, 1e-7);
  boost::math::normal const z;
  double const c = (2.5 - 1.5) / 2, density = pdf(z, c);
  EXPECT_NEAR(kept(law("normal_mean", {1.5, 2}), "cells", "2.5"), density * density / (cdf(z, c) * cdf(z, -c)), 1e-7);
  // Rounded to a multiple of w: sum of (phi(a) - phi(b))^2/(Phi(b) - Phi(a)) over cells.
  double expected = 0;
  for (int k = -30; k <= 30; ++k) {
    double const a = (2.0 * (k - 0.5) - 1.5) / 2, b = (2.0 * (k + 0.5) - 1.5) / 2;
    double const p = a > 0 ? cdf(complement(z, a)) - cdf(complement(z, b)) : cdf(z, b) - cdf(z, a);
    if (p > 1e-200) expected += std::pow(pdf(z, a) - pdf(z, b), 2) / p;
  }
  EXPECT_NEAR(kept(law("normal_mean", {1.5, 2}), "rounded", "2"), expected, 1e-7);
  EXPECT_NEAR(expected, 1 / (1 + 1.0 / 12), 0.001);  // nearly Sheppard's correction
}

TEST(ShareKept, HasClosedFormsOfTheExponentialLaw) {
  auto const rate = law("exponential", {0.4});
  EXPECT_NEAR(kept(rate, "censored", "2.5"), 1 - std::exp(-1), 1e-7);
  EXPECT_NEAR(kept(rate, "minimum", "5"), 0.2, 1e-7);
  // The larger of two: density 2 e^-x (1 - e^-x), score 1 - x + x e^-x/(1 - e^-x), rate 1.
  boost::math::quadrature::tanh_sinh<double> integrator;
  double const larger = integrator.integrate(
      [](double x) {
        double const e = std::exp(-x), score = 1 - x + x * e / -std::expm1(-x);
        return score * score * 2 * e * -std::expm1(-x);
      },
      1e-12, 60.0);
  EXPECT_NEAR(kept(rate, "maximum", "2"), larger / 2, 1e-6);
}

TEST(ShareKept, HasClosedFormsOfCounts) {
  double const m = 0.61;
  EXPECT_NEAR(kept(law("poisson", {m}), "cells", "0.5"), m * std::exp(-m) / (1 - std::exp(-m)), 1e-7);
  for (auto const& each : {law("poisson", {9.3}), law("bernoulli", {0.02}), law("geometric", {0.3})})
    EXPECT_NEAR(kept(each, "sum"), 1, 1e-9);
  auto const pair = share_kept(law("negative_binomial", {3, 2}), statistic_of("sum", ""));
  EXPECT_NEAR(pair(0, 0), 1, 1e-7);  // the mean of the sum is the sum of means, and sufficient when the size is known
  EXPECT_LT(pair(1, 1), 0.9);
}

test::Trial keeps(Law const& model, std::string const& statistic, std::string const& at, double share) {
  return {.claim = "data-processing",
          .model = model,
          .sizes = {1},
          .options = {{"statistic", statistic}, {"at", at}, {"share", exact_text(share)}}};
}

TEST(DataProcessing, IsVerifiedForStatisticsThatLoseAndThatKeep) {
  test::expect_verified(keeps(law("normal_mean", {0, 0.5}), "sign", "", 2 / boost::math::constants::pi<double>()));
  test::expect_verified(keeps(law("exponential", {7}), "censored", "0.1", 1 - std::exp(-0.7)));
  test::expect_verified(keeps(law("poisson", {9.3}), "sum", "", 1));
  test::expect_verified(keeps(law("normal", {0, 3}), "absolute", "", 0));
  test::expect_verified({.claim = "data-processing",
                         .model = law("normal", {1.5, 2}),
                         .sizes = {1},
                         .options = {{"statistic", "rounded"}, {"at", "2"}}});
}

TEST(DataProcessing, IsRefutedForALossClaimedToBeNone) {
  for (auto trial :
       {keeps(law("normal_mean", {0, 0.5}), "sign", "", 1), keeps(law("exponential", {7}), "censored", "0.1", 1)}) {
    trial.options["state"] = "share";
    test::expect_refuted(trial);
  }
}

// Information planted too small: more seems to be kept than there is.
TEST(DataProcessing, IsRefutedWhereAStatisticWouldGain) {
  auto trial = keeps(law("poisson", {9.3}), "sum", "", 1);
  trial.defect.information_factor = 0.9999;
  test::expect_refuted(trial);
}

TEST(DataProcessing, RefusesStatisticsThatALawDoesNotHave) {
  auto const says = [](Law const& model, std::string const& statistic, std::string const& at, std::string const& part) {
    auto const message = test::refusal(keeps(model, statistic, at, 1));
    EXPECT_NE(message.find(part), std::string::npos) << message;
  };
  says(law("poisson", {3}), "minimum", "5", "needs a continuous law");
  says(law("exponential", {3}), "sum", "", "is formed for counts");
  says(law("exponential", {3}), "sign", "", "on the whole line");
  says(law("exponential", {3}), "cells", "", "needs its number");
  says(law("exponential", {3}), "cells", "2 1", "do not rise");
  says(law("exponential", {3}), "cells", "2 x", "numbers with spaces");
  says(law("exponential", {3}), "minimum", "2.5", "2 to 1000 observations");
  says(law("multivariate_normal", {0, 0, 1, 0, 1}), "sign", "", "has several");
}

}  // namespace
}  // namespace fisherlab::claims

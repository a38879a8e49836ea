#include "estimators/censored/censored_fit.hpp"

#include <gtest/gtest.h>

#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "estimators/intervals.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::estimators {
namespace {

using sim::Lanes;

constexpr double z95 = 1.959963984540054;

CensoredSample sample() {
  return {{80, 70.6, 80, 68.7, 27.6, 37, 6.1, 80, 12.5, 54.2, 80, 33.3}, {0, 1, 0, 1, 1, 1, 1, 0, 1, 1, 0, 1}};
}

double value_at(LifeLaw const& law, CensoredSample const& s, std::vector<double> const& theta) {
  std::vector<Lanes> t(theta.begin(), theta.end());
  double sum = 0;
  for (std::size_t i = 0; i < s.times.size(); ++i)
    sum += (s.is_observed[i] != 0 ? law.log_density(s.times[i], t.data()) : law.log_survival(s.times[i], t.data()))[0];
  return sum;
}

TEST(LifeLaw, SurvivalIsTheIntegralOfTheDensity) {
  int ran = 0;
  for (auto const& name : life_law_names()) {
    auto const law = life_law(name);
    std::vector<Lanes> const theta =
        law->domains().size() == 1 ? std::vector<Lanes>{0.3} : std::vector<Lanes>{1.7, 0.8};
    for (double const x : {0.4, 1.3, 4.0}) {
      double const h = 1e-5;
      auto const survival = [&](double at) { return std::exp(law->log_survival(at, theta.data())[0]); };
      double const density = std::exp(law->log_density(x, theta.data())[0]);
      EXPECT_NEAR((survival(x - h) - survival(x + h)) / (2 * h), density, 1e-7 * (1 + density)) << name << " at " << x;
      ++ran;
    }
  }
  EXPECT_EQ(ran, 21);
  EXPECT_EQ(life_law("beta"), nullptr);
}

TEST(LifeLaw, FarTailsDoNotUnderflow) {
  std::vector<Lanes> const theta = {1.0, 1.0};
  EXPECT_NEAR(life_law("exponential")->log_survival(5000, theta.data())[0], -5000, 1e-9);
  EXPECT_NEAR(life_law("weibull")->log_survival(5000, theta.data())[0], -5000, 1e-9);
  EXPECT_NEAR(life_law("logistic")->log_survival(5000, theta.data())[0], -4999, 1e-9);
}

/// The probability of an interval is a difference of survival functions, and adds up: cut in two, and with what lies
/// beyond, it is 1.
TEST(LifeLaw, ProbabilitiesOfIntervalsAddUp) {
  double const infinity = std::numeric_limits<double>::infinity();
  for (auto const& name : life_law_names()) {
    auto const law = life_law(name);
    std::vector<Lanes> const theta =
        law->domains().size() == 1 ? std::vector<Lanes>{0.3} : std::vector<Lanes>{1.7, 0.8};
    auto const between = [&](double a, double b) { return std::exp(law->log_between(a, b, theta.data())[0]); };
    EXPECT_NEAR(between(-infinity, 0.7) + between(0.7, 2) + between(2, infinity), 1, 1e-14) << name;
    EXPECT_NEAR(between(0.7, 1.1) + between(1.1, 2), between(0.7, 2), 1e-14) << name;
    EXPECT_NEAR(between(2, infinity), std::exp(law->log_survival(2, theta.data())[0]), 1e-15) << name;
    double const h = 1e-5, density = std::exp(law->log_density(1.3, theta.data())[0]);
    EXPECT_NEAR(between(1.3 - h, 1.3 + h) / (2 * h), density, 1e-7 * density) << name;
  }
}

/// Both tails from far below the mean to far above, against Boost's incomplete gamma functions; shapes beyond .01 and
/// 200 go another way.
TEST(LifeLaw, OfGammaIsTheIncompleteGammaFunction) {
  auto const law = life_law("gamma");
  double const infinity = std::numeric_limits<double>::infinity();
  int ran = 0;
  for (double const shape : {0.005, 0.011, 0.3, 1.0, 2.7, 30.0, 199.0, 500.0})
    for (double const q : {1e-9, 1e-3, 0.2, 0.9, 1.0, 1.1, 3.0, 12.0}) {
      double const rate = 0.37, x = q * (shape + 1) / rate;
      std::vector<Lanes> theta = {shape, rate};
      theta[0].set(3, 2 * shape);  // a lane has its own answer
      double const upper = boost::math::gamma_q(shape, x * rate), lower = boost::math::gamma_p(shape, x * rate);
      auto const survival = law->log_survival(x, theta.data());
      if (upper > 1e-300) {
        EXPECT_NEAR(std::exp(survival[0]), upper, 2e-13 * upper) << shape << " at " << x;
      }
      if (lower > 1e-300) {
        EXPECT_NEAR(std::exp(law->log_between(-infinity, x, theta.data())[0]), lower, 2e-13 * lower) << shape;
      }
      EXPECT_NEAR(std::exp(survival[3]), boost::math::gamma_q(2 * shape, x * rate), 2e-13) << shape << " at " << x;
      ++ran;
    }
  EXPECT_EQ(ran, 64);
  std::vector<Lanes> const none = {-1.0, 1.0};
  EXPECT_EQ(law->log_survival(1, none.data())[0], -infinity) << "a step of a search beyond the space";
}

/// Neither tail cancels: a cell of width 1 far out, against the density in its middle or the closed form.
TEST(LifeLaw, IntervalsInFarTailsKeepTheirDigits) {
  std::vector<Lanes> const unit = {1.0, 1.0}, centred = {0.0, 1.0};
  EXPECT_NEAR(life_law("exponential")->log_between(5000, 5001, unit.data())[0], -5000 + std::log(1 - std::exp(-1)),
              1e-9);
  EXPECT_NEAR(life_law("weibull")->log_between(5000, 5001, unit.data())[0], -5000 + std::log(1 - std::exp(-1)), 1e-9);
  for (double const sign : {-1.0, 1.0}) {  // P(20 < Z <= 20.5), by Mills' ratio to three terms, on either side
    double const a = 20, b = 20.5;
    auto const tail = [](double z) {
      return std::exp(-0.5 * z * z) / (z * std::sqrt(2 * 3.14159265358979323846)) *
             (1 - 1 / (z * z) + 3 / (z * z * z * z));
    };
    double const wanted = std::log(tail(a) - tail(b));
    auto const found = sign > 0 ? life_law("normal")->log_between(a, b, centred.data())[0]
                                : life_law("normal")->log_between(-b, -a, centred.data())[0];
    EXPECT_NEAR(found, wanted, 1e-6);
  }
  EXPECT_NEAR(life_law("gumbel")->log_between(30, 31, centred.data())[0], -30 + std::log(1 - std::exp(-1)), 1e-9);
  std::vector<Lanes> const large = {5000.0, 1.0};
  EXPECT_EQ(life_law("gamma")->log_between(1e-20, 1e-10, large.data())[0], -std::numeric_limits<double>::infinity());
  EXPECT_EQ(life_law("gamma")->log_survival(1e-20, large.data())[0], 0) << "Boost overflows there";
}

TEST(CensoredFit, OfTheExponentialLawIsEndsOverTotalTime) {
  auto const s = sample();
  auto const law = life_law("exponential");
  auto const fit = fit_censored(*law, s, {1});
  ASSERT_TRUE(fit.found);
  double total = 0;
  for (double const t : s.times) total += t;
  EXPECT_NEAR(fit.theta[0], 8 / total, 1e-8 * fit.theta[0]);
  EXPECT_NEAR(fit.std_errors[0], fit.theta[0] / std::sqrt(8.0), 1e-6 * fit.theta[0]);
  auto const bounds = censored_ratio_interval(*law, s, fit, 0, z95);
  for (double const end : {bounds.lower, bounds.upper})
    EXPECT_NEAR(2 * (fit.log_likelihood - value_at(*law, s, {end})), z95 * z95, 1e-6);
}

/// The profile equation of the shape k: sum x^k log x/sum x^k - 1/k = mean of log x over the ends; c^k = sum x^k/ends.
TEST(CensoredFit, OfTheWeibullLawSolvesItsProfileEquation) {
  auto const s = sample();
  auto const fit = fit_censored(*life_law("weibull"), s, {1, 50});
  ASSERT_TRUE(fit.found);
  double const k = fit.theta[0];
  double power = 0, weighted = 0, logs = 0;
  for (std::size_t i = 0; i < s.times.size(); ++i) {
    power += std::pow(s.times[i], k);
    weighted += std::pow(s.times[i], k) * std::log(s.times[i]);
    logs += s.is_observed[i] != 0 ? std::log(s.times[i]) : 0;
  }
  EXPECT_NEAR(weighted / power - 1 / k, logs / 8, 1e-7);
  EXPECT_NEAR(fit.theta[1], std::pow(power / 8, 1 / k), 1e-7 * fit.theta[1]);
}

TEST(CensoredFit, WithoutCensoringIsTheUsualFit) {
  int ran = 0;
  std::vector<double> const x = {2.1, 3.7, 0.9, 5.2, 2.8, 4.4, 1.6, 3.1};
  for (auto const& name : life_law_names()) {
    auto const model = sim::make_model(name, {});
    auto const usual = fit_data(*model, x, 0.95);
    auto const law = life_law(name);
    CensoredSample const s{x, std::vector<char>(x.size(), 1)};
    auto const fit =
        with_careful_errors(*law, s, fit_censored(*law, s, std::vector<double>(law->domains().size(), 1.0)));
    ASSERT_TRUE(fit.found) << name;
    EXPECT_NEAR(fit.log_likelihood, usual.log_likelihood, 1e-9) << name;
    for (std::size_t a = 0; a < fit.theta.size(); ++a) {
      auto const& p = usual.parameters[a];
      EXPECT_NEAR(fit.theta[a], p.estimate, 1e-6 * p.std_error) << name;
      EXPECT_NEAR(fit.std_errors[a], p.observed_std_error, 1e-7 * p.std_error) << name;
      auto const bounds = censored_ratio_interval(*law, s, fit, a, z95);
      EXPECT_NEAR(bounds.lower, p.likelihood_ratio.lower, 1e-5 * p.std_error) << name;
      EXPECT_NEAR(bounds.upper, p.likelihood_ratio.upper, 1e-5 * p.std_error) << name;
      ++ran;
    }
  }
  EXPECT_EQ(ran, 13);
}

TEST(CensoredFit, DoesNotDependOnUnits) {
  auto s = sample();
  auto const fit = fit_censored(*life_law("lognormal"), s, {3, 1});
  for (double& t : s.times) t *= 1e9;
  auto const scaled = fit_censored(*life_law("lognormal"), s, {24, 1});
  ASSERT_TRUE(fit.found && scaled.found);
  EXPECT_NEAR(scaled.theta[0], fit.theta[0] + std::log(1e9), 1e-7);
  EXPECT_NEAR(scaled.theta[1], fit.theta[1], 1e-7);
}

TEST(CensoredFit, IsNotFoundWhereTheLikelihoodHasNoMaximum) {
  CensoredSample const none_ended{{1, 2, 3}, {0, 0, 0}};
  EXPECT_FALSE(fit_censored(*life_law("weibull"), none_ended, {1, 2}).found);
}

/// (d - rate T)^2/(rate T) = z^2 of d ends in the total time T, on paper: rate T = d + z^2/2 +- z sqrt(d + z^2/4).
TEST(CensoredScore, OfAnExponentialRateHasItsClosedForm) {
  auto const s = sample();
  auto const law = life_law("exponential");
  auto const fit = fit_censored(*law, s, {0.1});
  double const d = 8, total = std::accumulate(s.times.begin(), s.times.end(), 0.0);
  auto const found = censored_score_interval(*law, s, fit, 0, z95);
  double const middle = d + z95 * z95 / 2, reach = z95 * std::sqrt(d + z95 * z95 / 4);
  EXPECT_NEAR(found.lower, (middle - reach) / total, 1e-7 / total);
  EXPECT_NEAR(found.upper, (middle + reach) / total, 1e-7 / total);
  EXPECT_NEAR(censored_statistics(*law, s, fit, {0, 0.02}).score, std::pow(d - 0.02 * total, 2) / (0.02 * total), 1e-6);
}

/// Of many observations the ends are found by secants: where each statistic is at its critical value.
TEST(CensoredScore, EndsOfManyObservationsAreWhereTheStatisticsPass) {
  CensoredSample many;
  for (int i = 0; i < 3000; ++i) {
    double const life = -50 * std::log((i + 0.5) / 3000), given_up = 20 + 7 * (i % 13);
    many.times.push_back(std::min(life, given_up));
    many.is_observed.push_back(life <= given_up ? 1 : 0);
  }
  for (std::string const name : {"weibull", "gamma", "normal"}) {
    auto const law = life_law(name);
    auto const fit = fit_censored(*law, many, {1, 50});
    ASSERT_TRUE(fit.found) << name;
    for (std::size_t a = 0; a < 2; ++a) {
      auto const ratio = censored_ratio_interval(*law, many, fit, a, z95),
                 score = censored_score_interval(*law, many, fit, a, z95);
      for (double const end : {ratio.lower, ratio.upper})
        EXPECT_NEAR(censored_statistics(*law, many, fit, {a, end}).likelihood_ratio, z95 * z95, 1e-5) << name;
      for (double const end : {score.lower, score.upper})
        EXPECT_NEAR(censored_statistics(*law, many, fit, {a, end}).score, z95 * z95, 5e-4)
            << name << ": its derivatives have some 1e-5 of rounding";
      EXPECT_LT(ratio.lower, fit.theta[a]);
      EXPECT_GT(ratio.upper, fit.theta[a]);
    }
  }
}

/// At a mean m of n normal observations with sd s about their mean, d = mean - m: s0^2 = s^2 + d^2 is the restricted
/// variance, u = n d/s0^2, and H^-1 has 1/(n/s0^2 (1 - 2 d^2/s0^2)) for the mean (log sd beside it).
TEST(CensoredScore, OfANormalMeanIsByTheObservedInformation) {
  CensoredSample const s{{1, 2, 4, 7, 8, 8.5, 9}, std::vector<char>(7, 1)};
  auto const law = life_law("normal");
  auto const fit = fit_censored(*law, s, {5, 2});
  for (double const m : {4.6, 6.0, 7.1}) {
    double const d = fit.theta[0] - m, variance = fit.theta[1] * fit.theta[1] + d * d, n = 7;
    double const expected = std::pow(n * d / variance, 2) / (n / variance * (1 - 2 * d * d / variance));
    EXPECT_NEAR(censored_statistics(*law, s, fit, {0, m}).score, expected, 1e-6) << m;
    EXPECT_NEAR(censored_statistics(*law, s, fit, {0, m}).likelihood_ratio,
                n * std::log(variance / (fit.theta[1] * fit.theta[1])), 1e-7)
        << m;
  }
  EXPECT_TRUE(std::isnan(censored_statistics(*law, s, fit, {0, fit.theta[0] + 2 * fit.theta[1]}).score))
      << "there the likelihood is no hill";
}

}  // namespace
}  // namespace fisherlab::estimators

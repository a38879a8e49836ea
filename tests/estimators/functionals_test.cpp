#include "estimators/functionals.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <tuple>
#include <vector>

#include "tests/estimators/samples.hpp"
#include "tests/estimators/simulated.hpp"

namespace fisherlab {
namespace {

/// The estimate of one number from observations; NaN where it does not exist.
double estimate(std::string const& estimator, std::string const& model, std::vector<double> const& constants,
                std::vector<double> const& observations) {
  estimators::Estimates estimates;
  estimators::make_estimator(estimator, sim::make_model(model, constants))
      ->estimate(test::same_in_all_lanes(observations), estimates);
  EXPECT_TRUE(estimates.found == sim::all_lanes || estimates.found == 0) << estimator;
  return estimates.found == 0 ? std::numeric_limits<double>::quiet_NaN() : estimates.value.at(0)[5];
}

TEST(Functionals, GiveTheStatisticByHand) {
  std::vector<double> const x = {4.0, 1.0, 2.0, 9.0};  // mean 4, squares 0 + 9 + 4 + 25
  EXPECT_NEAR(estimate("sample_variance", "gamma", {}, x), 38.0 / 3, 1e-14);
  EXPECT_TRUE(std::isnan(estimate("sample_variance", "gamma", {}, {4.0})));
  EXPECT_EQ(estimate("share_above(2)", "exponential", {}, x), 0.5);
  EXPECT_EQ(estimate("share_above(1.9)", "exponential", {}, x), 0.75);
  EXPECT_EQ(estimate("share_above(9)", "exponential", {}, x), 0.0);
}

TEST(TrimmedMean, CutsTheShareAtEachEnd) {
  std::vector<double> const x = {7.0, -100.0, 3.0, 1.0, 4.0, 2.0, 50.0, 6.0, 5.0, 8.0};
  EXPECT_NEAR(estimate("trimmed_mean(0)", "normal", {}, x), -1.4, 1e-14);
  EXPECT_NEAR(estimate("trimmed_mean(0.09)", "normal", {}, x), -1.4, 1e-14);
  EXPECT_NEAR(estimate("trimmed_mean(0.1)", "normal", {}, x), 4.5, 1e-13);
  EXPECT_NEAR(estimate("trimmed_mean(0.3)", "cauchy", {}, x), 4.5, 1e-13);
  EXPECT_NEAR(estimate("trimmed_mean(0.3)", "cauchy", {}, {7.0, -100.0, 3.0, 1.0, 4.0, 2.0, 50.0}), 3.0, 1e-13);
  EXPECT_NEAR(estimate("trimmed_mean(0.49)", "cauchy", {}, {7.0, -100.0, 3.0}), 3.0, 1e-13);
  EXPECT_NEAR(estimate("trimmed_mean(0.25)", "normal", {}, {2.0, 2.0, 2.0, 1.0, 9.0, 2.0, 2.0, 2.0}), 2.0, 1e-14);
  std::vector<double> hundred(100);
  for (std::size_t i = 0; i < 100; ++i) hundred[i] = i < 30 ? 1e6 : 1.0;
  // 0.29 x 100 rounds to just below 29, and 29 is what is cut: 1 of the 42 that remain is large.
  EXPECT_NEAR(estimate("trimmed_mean(0.29)", "normal", {}, hundred), (41 + 1e6) / 42, 1e-6);
}

// Against plain code: sort, cut, add.
TEST(TrimmedMean, AgreesWithSortingInEveryLane) {
  auto const model = sim::make_model("cauchy", {});
  std::vector<double> const theta = {-2.0, 3.0};
  sim::Sample sample(37, 1);
  model->draw(theta, {.seed = 3, .scenario = 1, .replicate = 0}, sample);
  estimators::Estimates estimates;
  estimators::make_estimator("trimmed_mean(0.2)", model)->estimate(sample, estimates);
  EXPECT_EQ(estimates.found, sim::all_lanes);
  for (int lane = 0; lane < sim::lane_count; ++lane) {
    std::vector<double> x;
    for (std::int64_t i = 0; i < 37; ++i) x.push_back(sample(i)[lane]);
    std::sort(x.begin(), x.end());
    double sum = 0;
    for (std::size_t i = 7; i < 30; ++i) sum += x[i];
    EXPECT_NEAR(estimates.value[0][lane], sum / 23, 1e-12) << lane;
  }
}

TEST(BestUnbiased, TailsAndQuantilesAreTheConditionalOnes) {
  std::vector<double> const x = {4.0, 1.0, 2.0, 9.0};
  boost::math::normal const standard;
  // (1 - 3/16)^3, and nothing beyond the total.
  EXPECT_NEAR(estimate("best_unbiased_tail(3)", "exponential", {}, x), std::pow(13.0 / 16, 3), 1e-15);
  EXPECT_EQ(estimate("best_unbiased_tail(16)", "exponential", {}, x), 0.0);
  EXPECT_EQ(estimate("best_unbiased_tail(-1)", "exponential", {}, x), 1.0);
  EXPECT_EQ(estimate("best_unbiased_tail(3)", "exponential", {}, {4.0}), 1.0);
  EXPECT_NEAR(estimate("best_unbiased_quantile(0.9)", "exponential", {}, x), 4 * std::log(10.0), 1e-14);
  EXPECT_NEAR(estimate("best_unbiased_tail(3)", "normal_mean", {2.0}, x),
              boost::math::cdf(standard, 1 / (2 * std::sqrt(0.75))), 1e-15);
  EXPECT_EQ(estimate("best_unbiased_tail(3)", "normal_mean", {2.0}, {4.0}), 1.0);
  EXPECT_EQ(estimate("best_unbiased_tail(5)", "normal_mean", {2.0}, {4.0}), 0.0);
  double const z = boost::math::quantile(standard, 0.9);
  EXPECT_NEAR(estimate("best_unbiased_quantile(0.9)", "normal_mean", {2.0}, x), 4 + 2 * z, 1e-14);
  double const c4 = std::sqrt(2.0 / 3) * std::tgamma(2.0) / std::tgamma(1.5);
  EXPECT_NEAR(estimate("best_unbiased_quantile(0.9)", "normal", {}, x), 4 + z * std::sqrt(38.0 / 3) / c4, 1e-14);
  EXPECT_TRUE(std::isnan(estimate("best_unbiased_quantile(0.9)", "normal", {}, {4.0, 4.0})));
}

TEST(BestUnbiased, TailOfAPoissonLawIsBinomial) {
  boost::math::binomial const law(16, 0.25);
  std::vector<double> const x = {4.0, 1.0, 2.0, 9.0};
  for (int c = 0; c < 16; ++c) {
    auto const name = "best_unbiased_tail(" + std::to_string(c) + ")";
    EXPECT_NEAR(estimate(name, "poisson", {}, x) / boost::math::cdf(boost::math::complement(law, c)), 1, 1e-13) << c;
  }
  EXPECT_NEAR(estimate("best_unbiased_tail(2.7)", "poisson", {}, x), boost::math::cdf(boost::math::complement(law, 2)),
              1e-14);
  EXPECT_EQ(estimate("best_unbiased_tail(16)", "poisson", {}, x), 0.0);
  EXPECT_EQ(estimate("best_unbiased_tail(-0.5)", "poisson", {}, x), 1.0);
  EXPECT_EQ(estimate("best_unbiased_tail(3)", "poisson", {}, {4.0}), 1.0);
  EXPECT_EQ(estimate("best_unbiased_tail(0)", "poisson", {}, {0.0, 0.0}), 0.0);
  // 5,000 counts of mean 1,000: no term under- or overflows.
  std::vector<double> const many(5000, 1000.0);
  boost::math::binomial const wide(5e6, 1.0 / 5000);
  EXPECT_NEAR(
      estimate("best_unbiased_tail(1040)", "poisson", {}, many) / boost::math::cdf(boost::math::complement(wide, 1040)),
      1, 1e-9);
}

struct Unbiased {
  std::string estimator, model;
  std::vector<double> constants, theta;
  std::int64_t n;
};

TEST(Functionals, AreUnbiasedWhereTheySaySo) {
  std::vector<Unbiased> const cases = {
      {"sample_variance", "exponential", {}, {0.4}, 3},
      {"sample_variance", "weibull", {}, {1.7, 3.0}, 4},
      {"sample_variance", "poisson", {}, {2.5}, 3},
      {"sample_variance", "logistic", {}, {-3.0, 2.0}, 5},
      {"sample_mean", "weibull", {}, {1.7, 3.0}, 4},
      {"trimmed_mean(0.2)", "logistic", {}, {-3.0, 2.0}, 11},
      {"trimmed_mean(0.25)", "cauchy", {}, {-3.0, 2.0}, 21},
      {"trimmed_mean(0.1)", "laplace", {}, {-3.0, 2.0}, 10},
      {"trimmed_mean(0.3)", "uniform", {}, {5.0}, 7},
      {"share_above(3)", "weibull", {}, {1.7, 3.0}, 4},
      {"share_above(-2)", "logistic", {}, {-3.0, 2.0}, 5},
      {"share_above(-4)", "laplace", {}, {-3.0, 2.0}, 5},
      {"share_above(3)", "uniform", {}, {5.0}, 4},
      {"share_above(1)", "poisson", {}, {2.5}, 4},
      {"share_above(4)", "poisson", {}, {2.5}, 4},
      {"share_above(0)", "bernoulli", {}, {0.3}, 4},
      {"share_above(3)", "normal", {}, {1.5, 2.0}, 4},
      {"best_unbiased_tail(3)", "exponential", {}, {0.4}, 3},
      {"best_unbiased_tail(3)", "normal_mean", {2.0}, {1.5}, 4},
      {"best_unbiased_tail(1)", "poisson", {}, {2.5}, 4},
      {"best_unbiased_tail(4)", "poisson", {}, {2.5}, 4},
      {"best_unbiased_quantile(0.9)", "exponential", {}, {0.4}, 3},
      {"best_unbiased_quantile(0.9)", "normal_mean", {2.0}, {1.5}, 4},
      {"best_unbiased_quantile(0.1)", "normal", {}, {1.5, 2.0}, 3},
      {"best_unbiased", "poisson", {}, {2.5}, 4},
      {"best_unbiased", "bernoulli", {}, {0.3}, 4},
  };
  int checked = 0;
  for (auto const& c : cases) {
    SCOPED_TRACE(c.estimator + " " + c.model);
    auto const model = sim::make_model(c.model, c.constants);
    auto const estimator = estimators::make_estimator(c.estimator, model);
    EXPECT_TRUE(estimator->unbiased());
    auto const target = estimator->target(c.theta);
    auto const mean = estimator->mean(c.theta, c.n);
    ASSERT_TRUE(mean.has_value());
    EXPECT_EQ(mean->value, target.value);
    auto const s = test::simulate(c.estimator, model, c.theta, c.n, 100'000).at(0);
    test::expect_mean(s, target.value.at(0));
    EXPECT_LT(s.mean_error, 0.02 * std::fabs(target.value.at(0))) << "the comparison must be able to fail";
    ++checked;
  }
  EXPECT_EQ(checked, 26);
}

// Rao and Blackwell: the conditional share has the smaller variance.
TEST(BestUnbiased, TailBeatsTheShare) {
  for (auto const& [name, constants, theta] :
       {std::tuple{"exponential", std::vector<double>{}, 0.4}, {"normal_mean", {2.0}, 1.5}, {"poisson", {}, 2.5}}) {
    auto const model = sim::make_model(name, constants);
    auto const share = test::simulate("share_above(3)", model, {theta}, 5, 40'000).at(0);
    auto const best = test::simulate("best_unbiased_tail(3)", model, {theta}, 5, 40'000).at(0);
    EXPECT_LT(best.variance, 0.8 * share.variance) << name;
  }
}

TEST(Ridge, ShrinksTheMeanByItsPenalty) {
  auto const model = sim::make_model("gamma", {});
  std::vector<double> const theta = {2.5, 4.0};
  auto const ridge = estimators::make_estimator("ridge(3)", model);
  auto const mean = ridge->mean(theta, 7).value();
  EXPECT_DOUBLE_EQ(mean.value.at(0), 0.7 * 0.625);
  EXPECT_DOUBLE_EQ(mean.jacobian.at(1), 0.7 * -0.15625);
  EXPECT_FALSE(ridge->unbiased());
  EXPECT_TRUE(estimators::make_estimator("ridge(0)", model)->unbiased());
  test::expect_mean(test::simulate("ridge(3)", model, theta, 7, 40'000).at(0), 0.7 * 0.625);
}

TEST(ShrunkMean, HasNineTenthsOfTheMean) {
  auto const model = sim::make_model("gamma", {});
  std::vector<double> const theta = {2.5, 4.0};
  auto const mean = estimators::make_estimator("shrunk_mean", model)->mean(theta, 7).value();
  EXPECT_DOUBLE_EQ(mean.value.at(0), 0.9 * 0.625);
  EXPECT_DOUBLE_EQ(mean.jacobian.at(0), 0.9 * 0.25);
  EXPECT_DOUBLE_EQ(mean.jacobian.at(1), 0.9 * -0.15625);
  test::expect_mean(test::simulate("shrunk_mean", model, theta, 7, 40'000).at(0), 0.9 * 0.625);
}

}  // namespace
}  // namespace fisherlab

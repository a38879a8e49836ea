#include <gtest/gtest.h>

#include <boost/math/special_functions/digamma.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "estimators/catalogue.hpp"
#include "estimators/maximise.hpp"
#include "estimators/mle.hpp"
#include "tests/estimators/samples.hpp"

namespace fisherlab {
namespace {

using estimators::Estimates;
using sim::Lanes;

Estimates mle_of(std::string const& model, sim::Sample const& sample) {
  Estimates estimates;
  estimators::make_estimator("mle", sim::make_model(model, {}))->estimate(sample, estimates);
  return estimates;
}

TEST(Fits, GiveThePublishedEstimatesOfTheShippedData) {
  auto const bearings = mle_of("weibull", test::same_in_all_lanes(test::data_set("ball_bearings")));
  EXPECT_NEAR(bearings.value[0][0], 2.102, 0.0005);
  EXPECT_NEAR(bearings.value[1][0], 81.88, 0.005);
  auto const kicks = mle_of("poisson", test::same_in_all_lanes(test::data_set("horse_kicks")));
  EXPECT_DOUBLE_EQ(kicks.value[0][3], 0.61);
  auto const failures = mle_of("exponential", test::same_in_all_lanes(test::data_set("air_conditioning")));
  EXPECT_NEAR(1 / failures.value[0][7], 108.083, 0.0005);
}

TEST(Fits, FindNothingInConstantData) {
  int tried = 0;
  for (std::string const name : {"weibull", "normal", "gamma", "logistic", "cauchy", "laplace"})
    for (double const value : {0.1, 1.0, 3.0, 1e5 / 3.0, 1e-200})
      for (int const n : {1, 2, 3, 10, 23, 100}) {
        EXPECT_EQ(mle_of(name, test::constant_sample(value, n)).found, 0) << name << ' ' << value << ' ' << n;
        ++tried;
      }
  EXPECT_EQ(tried, 180);
}

TEST(Fits, FindNothingWhereTheDataAreImpossible) {
  std::vector<double> const with_zero = {0.0, 1.0, 2.5, 0.7, 1.1};
  EXPECT_EQ(mle_of("gamma", test::same_in_all_lanes(with_zero)).found, 0);
  EXPECT_EQ(mle_of("weibull", test::same_in_all_lanes(with_zero)).found, 0);
  EXPECT_EQ(mle_of("gamma", test::constant_sample(0.0, 5)).found, 0);
  EXPECT_EQ(mle_of("exponential", test::constant_sample(0.0, 5)).found, 0);
  std::vector<double> const with_infinity = {1.0, 2.0, HUGE_VAL, 4.0};
  for (std::string const name : {"weibull", "normal", "gamma", "logistic", "cauchy"})
    EXPECT_EQ(mle_of(name, test::same_in_all_lanes(with_infinity)).found, 0) << name;
  // More than half of the observations at one place: the Cauchy likelihood grows without bound as the scale shrinks.
  EXPECT_EQ(mle_of("cauchy", test::same_in_all_lanes({0, 0, 0, 0, 1, 2, 3})).found, 0);
}

TEST(Fits, DropOnlyTheLaneWithImpossibleData) {
  for (std::string const name : {"weibull", "normal", "gamma", "logistic", "cauchy"}) {
    auto const model = sim::make_model(name, {});
    std::vector<double> const theta = {2.0, 1.5};
    sim::Sample sample(20, 1);
    model->draw(theta, {.seed = 3, .scenario = 1, .replicate = 0}, sample);
    for (std::int64_t i = 0; i < sample.n(); ++i) sample(i).set(5, 0.3);
    EXPECT_EQ(mle_of(name, sample).found, 0b11011111) << name;
  }
}

TEST(Fits, TakeEstimatesOnTheEdgeAsEstimatesWithoutError) {
  struct Case {
    char const* model;
    double value;
  };
  for (Case const& c : {Case{"poisson", 0.0}, Case{"bernoulli", 0.0}, Case{"bernoulli", 1.0}}) {
    auto const estimates = mle_of(c.model, test::constant_sample(c.value, 17));
    EXPECT_EQ(estimates.found, sim::all_lanes) << c.model;
    EXPECT_EQ(estimates.value[0][4], c.value) << c.model;
    EXPECT_EQ(estimates.std_error[0][4], 0.0) << c.model;
  }
}

TEST(Fits, FindGammaShapesOfAnySize) {
  auto const model = sim::make_model("gamma", {});
  int tried = 0;
  for (double const shape : {0.1, 10.0, 1e4, 1e6, 1e8}) {
    std::vector<double> const theta = {shape, shape};
    sim::Sample sample(50, 1);
    model->draw(theta, {.seed = 8, .scenario = 4, .replicate = 0}, sample);
    auto const estimates = mle_of("gamma", sample);
    ASSERT_EQ(estimates.found, sim::all_lanes) << shape;
    for (int lane = 0; lane < sim::lane_count; ++lane, ++tried) {
      long double sum = 0, logs = 0;
      for (std::int64_t i = 0; i < 50; ++i) sum += static_cast<long double>(sample(i)[lane]);
      for (std::int64_t i = 0; i < 50; ++i) logs += std::log(50 * static_cast<long double>(sample(i)[lane]) / sum);
      auto const k = static_cast<long double>(estimates.value[0][lane]);
      // log k - psi(k) = -mean log(x/mean); where k is large both sides are small differences.
      long double const error = std::log(k) - boost::math::digamma(k) + logs / 50;
      EXPECT_LE(std::fabs(static_cast<double>(error / (logs / 50))), 1e-12 + 1e-13 * shape) << shape;
    }
  }
  EXPECT_EQ(tried, 40);
}

}  // namespace
}  // namespace fisherlab

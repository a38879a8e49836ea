#include "runs/diagnosis/goodness.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "runs/data/labelled_data.hpp"
#include "runs/diagnosis/goodness_statistics.hpp"
#include "runs/diagnosis/law_cdf.hpp"
#include "sim/engine/engine.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::runs {
namespace {

Observations shipped(std::string const& name, std::string const& column) {
  return read_observations(shipped_data(name).string(), {.values = column});
}

Goodness check(std::string const& model, Observations const& data, std::uint64_t seed = 1) {
  auto const fitted = fit_to_data(sim::make_model(model, {}), data, 0.95);
  return check_model(fitted, data, {.seed = seed});
}

double p_value(Goodness const& goodness, std::string const& name) {
  for (auto const& test : goodness.tests)
    if (test.name == name) return test.p_value;
  return std::nan("");
}

// R: sqrt(diag(sandwich::vcovHC(glm(breaks ~ 1, poisson, warpbreaks), "HC0"))) times the mean is 1.78.
TEST(Goodness, RefutesWarpBreaksAsPoisson) {
  for (std::uint64_t const seed : {1u, 2u, 3u}) {
    auto const goodness = check("poisson", shipped("warp_breaks.csv", "breaks"), seed);
    EXPECT_TRUE(goodness.is_refuted);
    EXPECT_NEAR(goodness.dispersion, 6.19, 0.01);
    EXPECT_LT(p_value(goodness, "dispersion"), 0.0011);
    EXPECT_LT(p_value(goodness, "chi-square"), 0.0011);
    ASSERT_EQ(goodness.sandwich.size(), 1u);
    EXPECT_NEAR(goodness.sandwich[0], 1.78, 0.005);
  }
}

TEST(Goodness, DoesNotRefuteWhatFits) {
  EXPECT_FALSE(check("negative_binomial", shipped("warp_breaks.csv", "breaks")).is_refuted);
  EXPECT_FALSE(check("poisson", shipped("horse_kicks.csv", "deaths")).is_refuted);
  EXPECT_FALSE(check("weibull", shipped("ball_bearings.csv", "million_revolutions")).is_refuted);
  auto const girths = check("normal", shipped("chest_girths.csv", "inches"));
  EXPECT_EQ(girths.grid, 1) << "in whole inches";
  EXPECT_FALSE(girths.is_refuted);
}

TEST(Goodness, CountsTheCriteria) {
  auto const data = shipped("air_conditioning.csv", "hours");
  auto const goodness = check("exponential", data);
  double const mean = 108.0833333333, l = -12 * (std::log(mean) + 1);
  EXPECT_NEAR(goodness.log_likelihood, l, 1e-6);
  EXPECT_NEAR(goodness.aic, 2 - 2 * l, 1e-6);
  EXPECT_NEAR(goodness.bic, std::log(12.0) - 2 * l, 1e-6);
}

std::vector<double> drawn(claims::Law const& law, std::int64_t n, std::uint64_t replicate, int lane) {
  sim::Sample sample(n, 1);
  law.model->draw(law.theta, {5, 77, replicate}, sample);
  std::vector<double> values;
  for (std::int64_t i = 0; i < n; ++i) values.push_back(sample(i)[lane]);
  return values;
}

/// Times of 160 samples that a model is refuted.
int refuted(std::string const& model, claims::Law const& law, std::int64_t n) {
  int count = 0;
  for (std::uint64_t r = 0; r < 20; ++r)
    for (int lane = 0; lane < 8; ++lane) count += check(model, {"drawn", drawn(law, n, 8 * r, lane)}, r).is_refuted;
  return count;
}

// Of 160 samples at .01 more than 7 have probability 4e-4.
TEST(Goodness, RefutesATrueModelAsSeldomAsDeclared) {
  EXPECT_LE(refuted("exponential", test::law("exponential", {0.4}), 20), 7);
  EXPECT_LE(refuted("poisson", test::law("poisson", {3}), 30), 7);
}

TEST(Goodness, RefutesAFalseModel) {
  EXPECT_GE(refuted("exponential", test::law("gamma", {6, 1}), 40), 150);
  EXPECT_GE(refuted("poisson", test::law("negative_binomial", {4, 1}), 60), 150);
}

TEST(Goodness, TestsTheDispersionOfCountsOfAnySize) {
  auto const goodness = check("poisson", {"counts", {50'000, 51'000, 49'000, 50'500, 48'700}});
  EXPECT_TRUE(goodness.is_refuted);
  EXPECT_LT(p_value(goodness, "dispersion"), 0.0011);
}

TEST(Goodness, SeesDependenceOfNeighbouringRows) {
  auto x = drawn(test::law("normal", {0, 1}), 60, 0, 0);
  EXPECT_GT(p_value(check("normal", {"drawn", x}), "dependence of neighbouring rows"), 0.001);
  for (std::size_t i = 1; i < x.size(); ++i) x[i] += 0.8 * x[i - 1];
  auto const goodness = check("normal", {"drawn", x});
  EXPECT_LT(p_value(goodness, "dependence of neighbouring rows"), 0.001);
  Observations counted{"drawn", x};
  counted.is_counted = true;
  EXPECT_TRUE(std::isnan(p_value(check("normal", counted), "dependence of neighbouring rows")));
}

TEST(LawCdf, HasTheDensityForItsSlope) {
  struct Case {
    std::string model;
    std::vector<double> numbers;
    std::vector<double> at;
  };
  std::vector<Case> const all = {{"gamma", {2.5, 1.3}, {0.4, 2.2}},   {"beta", {2.5, 1.3}, {0.2, 0.7}},
                                 {"student_t", {1, 2, 5}, {-1.5, 4}}, {"cauchy", {1, 2}, {-1.5, 4}},
                                 {"weibull", {1.5, 2}, {0.4, 2.2}},   {"normal", {1, 2}, {-1.5, 4}},
                                 {"lognormal", {1, 0.5}, {0.8, 4}},   {"logistic", {1, 2}, {-1.5, 4}},
                                 {"gumbel", {1, 2}, {-1.5, 4}},       {"inverse_gaussian", {1, 2}, {0.5, 2}}};
  int ran = 0;
  for (auto const& [model, numbers, at] : all) {
    auto const law = test::law(model, numbers);
    auto const cdf = law_cdf(*law.model, law.theta);
    ASSERT_TRUE(cdf) << model;
    for (double const x : at) {
      double const density = law_density(*law.model, law.theta, x);
      EXPECT_NEAR((cdf(x + 1e-5) - cdf(x - 1e-5)) / 2e-5, density, 1e-7 * (1 + density)) << model << ' ' << x;
      ++ran;
    }
  }
  EXPECT_EQ(ran, 20);
}

TEST(GridOf, NeedsTiesAndMultiples) {
  EXPECT_EQ(grid_of({1, 2, 2, 3, 3, 5}), 1);
  EXPECT_EQ(grid_of({0.5, 1, 1, 2.5, 2.5, 2.5}), 0.5);
  EXPECT_EQ(grid_of({1, 2, 3, 4}), 0) << "no ties";
  EXPECT_EQ(grid_of({1, 1, 1.3, 2.7, 2.7}), 0) << "no grid";
}

TEST(Goodness, StopsWhenTold) {
  auto const data = shipped("warp_breaks.csv", "breaks");
  auto const fitted = fit_to_data(sim::make_model("poisson", {}), data, 0.95);
  EXPECT_THROW(check_model(fitted, data, {.seed = 1, .stop = [] { return true; }}), sim::Interrupted);
}

}  // namespace
}  // namespace fisherlab::runs

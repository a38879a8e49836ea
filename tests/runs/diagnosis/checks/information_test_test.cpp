#include "runs/diagnosis/checks/information_test.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "runs/diagnosis/goodness.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::runs {
namespace {

Observations drawn_rows(claims::Law const& law, std::int64_t n, std::uint64_t replicate, int lane) {
  sim::Sample sample(n, 1);
  law.model->draw(law.theta, {5, 78, replicate}, sample);
  Observations data{"drawn", {}};
  for (std::int64_t i = 0; i < n; ++i) data.values.push_back(sample(i)[lane]);
  return data;
}

/// NaN where there is no such test.
double information_p_value(sim::AnyModel const& model, Observations const& data, std::uint64_t seed) {
  auto const fitted = fit_to_data(model, data, 0.95);
  for (auto const& test : check_model(fitted, data, {.seed = seed}).tests)
    if (test.name == "information matrix") return test.p_value;
  return std::nan("");
}

/// Of 40 samples of `law` read as `model`.
int refuted_at(double level, sim::AnyModel const& model, claims::Law const& law, std::int64_t n) {
  int count = 0;
  for (std::uint64_t r = 0; r < 5; ++r)
    for (int lane = 0; lane < 8; ++lane)
      count += information_p_value(model, drawn_rows(law, n, 8 * r, lane), r) <= level;
  return count;
}

// Poisson: J = sum (x/m - 1)^2, H = sum x/m^2 = n/m, so that J/H is the sum of squares over n m.
TEST(InformationRatio, IsTheLogarithmOfTheVarianceOverTheMeanForPoisson) {
  auto const law = test::law("poisson", {1});
  std::vector<double> const x = {0, 3, 1, 2, 7, 2};  // mean 2.5, squares 29.5
  sim::Sample sample(6, 1);
  for (std::size_t i = 0; i < x.size(); ++i) sample(static_cast<std::int64_t>(i)) = x[i];
  auto const ratio = information_ratios(*law.model, sample, {sim::Lanes(2.5)}, 1)[0];
  ASSERT_EQ(ratio.size(), 1u);
  EXPECT_NEAR(ratio[0], std::sqrt(6.0) * std::log(29.5 / 15), 1e-12);
}

// Another unit, another rate: the ratio has no unit.
TEST(InformationRatio, HasNoUnit) {
  auto const law = test::law("gamma", {2.5, 1.3});
  auto const data = drawn_rows(law, 20, 0, 3);
  auto const ratio_of = [&](double unit) {
    sim::Sample sample(20, 1);
    for (std::size_t i = 0; i < 20; ++i) sample(static_cast<std::int64_t>(i)) = unit * data.values[i];
    return information_ratios(*law.model, sample, {sim::Lanes(2.5), sim::Lanes(1.3 / unit)}, 1)[0];
  };
  auto const here = ratio_of(1), there = ratio_of(1000);
  ASSERT_EQ(here.size(), 3u);
  for (std::size_t k = 0; k < 3; ++k) EXPECT_NEAR(here[k], there[k], 1e-9);
}

TEST(InformationRatio, IsNotThereForFewerRowsThanParameters) {
  auto const law = test::law("normal", {0, 1});
  sim::Sample sample(2, 1);
  sample(0) = -1.0;
  sample(1) = 1.0;
  EXPECT_TRUE(information_ratios(*law.model, sample, {sim::Lanes(0.0), sim::Lanes(1.0)}, 1)[0].empty());
}

// Binomial(40, .1) above 12 has probability 1.4e-4; the control is the next test.
TEST(InformationTest, RefutesATrueModelAsOftenAsDeclared) {
  for (auto const& law : {test::law("gamma", {2.5, 1.3}), test::law("normal", {3, 2}), test::law("geometric", {0.3})}) {
    int const count = refuted_at(0.1, law.model, law, 25);
    EXPECT_LE(count, 12) << law.model->card().name;
  }
}

TEST(InformationTest, RefutesTooMuchAndTooLittleSpread) {
  auto const exponential = test::law("exponential", {1}).model;
  EXPECT_GE(refuted_at(0.05, exponential, test::law("gamma", {6, 1}), 30), 38);
  EXPECT_GE(refuted_at(0.05, exponential, test::law("lognormal", {0, 2}), 60), 30);
  EXPECT_GE(refuted_at(0.05, test::law("normal", {0, 1}).model, test::law("cauchy", {0, 1}), 40), 36);
}

// Of a Bernoulli law both estimates are n/(p (1 - p)).
TEST(InformationTest, IsNotDefinedWhereBothEstimatesAreTheSame) {
  auto const law = test::law("bernoulli", {0.4});
  EXPECT_TRUE(std::isnan(information_p_value(law.model, drawn_rows(law, 60, 0, 0), 1)));
}

TEST(InformationTest, TestsLawsOfAngles) {
  auto const law = test::law("von_mises", {0.5, 2});
  EXPECT_GT(information_p_value(law.model, drawn_rows(law, 60, 0, 0), 1), 0.001);
}

}  // namespace
}  // namespace fisherlab::runs

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "estimators/intervals.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "tests/estimators/samples.hpp"

namespace fisherlab {
namespace {

using estimators::Bounds;
using estimators::fit_data;

constexpr double infinity = std::numeric_limits<double>::infinity();

/// What a parameter becomes when all observations are multiplied by c: itself times c^power, or itself plus log c.
enum class Under { unchanged, times, over, plus_log };

struct Family {
  std::string model;
  std::vector<Under> parameters;
};

double image(Under rule, double value, double c) {
  switch (rule) {
    case Under::times:
      return value * c;
    case Under::over:
      return value / c;
    case Under::plus_log:
      return value + std::log(c);
    case Under::unchanged:
      break;
  }
  return value;
}

std::vector<Family> const families = {
    {"exponential", {Under::over}},
    {"rayleigh", {Under::times}},
    {"gamma", {Under::unchanged, Under::over}},
    {"weibull", {Under::unchanged, Under::times}},
    {"lognormal", {Under::plus_log, Under::unchanged}},
    {"inverse_gaussian", {Under::times, Under::times}},
    {"normal", {Under::times, Under::times}},
    {"logistic", {Under::times, Under::times}},
    {"cauchy", {Under::times, Under::times}},
    {"gumbel", {Under::times, Under::times}},
};

/// `within`: in units of the standard error.
void expect_image(Bounds const& from, Bounds const& to, Under rule, double c, double unit, std::string const& what,
                  double within = 1e-8) {
  auto const near = [&](double a, double b) {
    double const moved = image(rule, a, c);
    if (std::isinf(moved) || std::isinf(b))
      EXPECT_EQ(moved, b) << what;
    else
      EXPECT_NEAR(moved, b, within * unit) << what;
  };
  near(from.lower, to.lower);
  near(from.upper, to.upper);
}

std::vector<double> first_column(std::string const& name) {
  std::vector<double> values;
  for (auto const& row : test::read_rows(std::string(FISHERLAB_TEST_DATA_DIR) + '/' + name))
    values.push_back(std::stod(row.at(0)));
  return values;
}

/// How well the information of a gamma or beta law can be inverted in doubles: its determinant is 1/shape of the
/// product of its diagonal.
double inverse_information(double shape) { return 1e-8 + 4e-14 * shape; }

/// Observations 1 + spread e_i: e_i is fixed, irregular and of both signs.
std::vector<double> around_one(double spread) {
  std::vector<double> x;
  for (int i = 1; i <= 30; ++i) x.push_back(1 + spread * std::sin(1.7 * i * i + 0.3 * i));
  return x;
}

TEST(FitData, GivesTheScaledIntervalsForScaledData) {
  for (auto const& family : families)
    for (double const spread : {0.9, 0.1, 1e-3, 1e-5})
      for (double const c : {1e-12, 1e12}) {
        auto const x = around_one(spread);
        std::vector<double> scaled;
        for (double const v : x) scaled.push_back(c * v);
        auto const model = sim::make_model(family.model, {});
        auto const here = fit_data(*model, x, 0.95), there = fit_data(*model, scaled, 0.95);
        auto const what = family.model + " spread " + std::to_string(spread) + " c " + std::to_string(c);
        ASSERT_TRUE(here.found && there.found) << what;
        for (std::size_t a = 0; a < here.parameters.size(); ++a) {
          auto const &p = here.parameters[a], &q = there.parameters[a];
          auto const rule = family.parameters[a];
          EXPECT_NEAR(image(rule, p.estimate, c), q.estimate, 1e-8 * q.std_error) << what;
          double const within = family.model == "gamma" ? inverse_information(here.parameters[0].estimate) : 1e-8;
          expect_image(p.wald, q.wald, rule, c, q.std_error, what + " wald " + p.name, within);
          expect_image(p.score, q.score, rule, c, q.std_error, what + " score " + p.name, within);
          expect_image(p.likelihood_ratio, q.likelihood_ratio, rule, c, q.std_error, what + " ratio " + p.name);
        }
      }
}

TEST(FitData, TurnsTheIntervalsOfAnAngleWithTheData) {
  auto const model = sim::make_model("von_mises", {});
  for (double const spread : {1.5, 0.9, 1e-2, 1e-4, 1e-6})
    for (double const turn : {0.5, 2.0, 3.141592653589793, -3.0}) {
      std::vector<double> x, turned;
      for (double const v : around_one(spread)) {
        x.push_back(v - 1);
        turned.push_back(v - 1 + turn);
      }
      auto const here = fit_data(*model, x, 0.95), there = fit_data(*model, turned, 0.95);
      ASSERT_TRUE(here.found && there.found) << spread;
      auto const what = "spread " + std::to_string(spread) + " turn " + std::to_string(turn);
      auto const near = [&](double a, double b, double unit) {
        EXPECT_NEAR(std::remainder(a - b, 2 * M_PI), 0, 1e-8 * unit) << what;
      };
      auto const &p = here.parameters[0], &q = there.parameters[0];
      near(p.estimate + turn, q.estimate, q.std_error);
      EXPECT_LE(q.likelihood_ratio.lower, q.estimate);
      EXPECT_GE(q.likelihood_ratio.upper, q.estimate);
      near(p.likelihood_ratio.lower + turn, q.likelihood_ratio.lower, q.std_error);
      near(p.likelihood_ratio.upper + turn, q.likelihood_ratio.upper, q.std_error);
      near(p.score.lower + turn, q.score.lower, q.std_error);
      near(p.score.upper + turn, q.score.upper, q.std_error);
      auto const &k = here.parameters[1], &l = there.parameters[1];
      auto const same = [&](double a, double b) { EXPECT_NEAR(a, b, 1e-8 * l.std_error) << what << " concentration"; };
      same(k.estimate, l.estimate);
      same(k.likelihood_ratio.lower, l.likelihood_ratio.lower);
      same(k.likelihood_ratio.upper, l.likelihood_ratio.upper);
      same(k.score.lower, l.score.lower);
      same(k.score.upper, l.score.upper);
    }
}

TEST(FitData, ExchangesTheShapesOfABetaLawWithXAndOneMinusX) {
  auto const model = sim::make_model("beta", {});
  for (double const spread : {0.9, 1e-1, 1e-3, 1e-5}) {
    std::vector<double> x, rest;
    for (double const v : around_one(spread)) {
      x.push_back(std::ldexp(v, -2));
      rest.push_back(1 - x.back());
    }
    auto const here = fit_data(*model, x, 0.95), there = fit_data(*model, rest, 0.95);
    ASSERT_TRUE(here.found && there.found) << spread;
    for (std::size_t a = 0; a < 2; ++a) {
      auto const &p = here.parameters[a], &q = there.parameters[1 - a];
      auto const what = "spread " + std::to_string(spread) + " " + p.name;
      EXPECT_NEAR(p.estimate, q.estimate, 1e-8 * q.std_error) << what;
      double const within = inverse_information(here.parameters[0].estimate + here.parameters[1].estimate);
      expect_image(p.wald, q.wald, Under::unchanged, 1, q.std_error, what + " wald", within);
      expect_image(p.score, q.score, Under::unchanged, 1, q.std_error, what + " score", within);
      expect_image(p.likelihood_ratio, q.likelihood_ratio, Under::unchanged, 1, q.std_error, what + " ratio");
    }
  }
}

TEST(FitData, FindsTheLikelihoodRatioIntervalsOfAGammaLawOfLowSpread) {
  // Where twice the log likelihood ratio, profiled over the other parameter in 60 digits, is 1.959963984540^2.
  auto const x = first_column("gamma_low_spread.csv");
  ASSERT_EQ(x.size(), 60u);
  auto const fitted = fit_data(*sim::make_model("gamma", {}), x, 0.95);
  auto const &shape = fitted.parameters.at(0), &rate = fitted.parameters.at(1);
  EXPECT_NEAR(shape.likelihood_ratio.lower, 522389.6, 0.05);
  EXPECT_NEAR(shape.likelihood_ratio.upper, 1071312.0, 0.05);
  EXPECT_NEAR(rate.likelihood_ratio.lower, 406283.3, 0.05);
  EXPECT_NEAR(rate.likelihood_ratio.upper, 833202.4, 0.05);
}

TEST(FitData, LeavesAnIntervalOpenWhereTheSupremumOfTheStatisticIsBelowTheCut) {
  // Rao's statistic of the mean is n r(m) (1 - mean/m)^2/(1 + r(m)/m), r(m) the size fitted at mean m, which falls to 0
  // as m grows: it peaks at 3.26 near m = 20, below 1.96^2 = 3.84 and above 1.645^2 = 2.71.
  std::vector<double> const counts = {2, 0, 0, 6, 10, 1, 3, 7, 4, 7, 5, 0, 9, 8, 0};
  auto const model = sim::make_model("negative_binomial", {});
  auto const mean = fit_data(*model, counts, 0.95).parameters.at(0);
  EXPECT_NEAR(mean.score.lower, 2.4957, 5e-5);
  EXPECT_EQ(mean.score.upper, infinity);
  EXPECT_LT(mean.likelihood_ratio.upper, 10);
  auto const narrower = fit_data(*model, counts, 0.90).parameters.at(0);
  EXPECT_GT(narrower.score.upper, 8);
  EXPECT_LT(narrower.score.upper, 15);
  // Two observations of a Gumbel law: the statistic of the location levels off at 3.409.
  EXPECT_EQ(fit_data(*sim::make_model("gumbel", {}), {1, 2}, 0.95).parameters.at(0).score.upper, infinity);
  // Counts whose variance is hardly above their mean: as the size grows the law tends to Poisson's, which is not
  // rejected.
  auto const near = fit_data(*model, {2, 3, 4, 2, 3, 4, 5, 1, 6, 2, 3, 4, 1, 0, 5, 3, 3, 9}, 0.95).parameters.at(1);
  EXPECT_EQ(near.likelihood_ratio.upper, infinity);
  EXPECT_EQ(near.score.upper, infinity);
}

TEST(FitData, SaysThatAnEndWasNotFoundWhereNeitherACrossingNorItsAbsenceIsProven) {
  // One count of 1000 among zeros: twice the log likelihood ratio of the mean rises as log log m and is 2.03 at 1e9,
  // where the model's formulas end.
  auto const mean =
      fit_data(*sim::make_model("negative_binomial", {}), {0, 0, 0, 0, 0, 0, 0, 1000}, 0.95).parameters.at(0);
  EXPECT_GT(mean.likelihood_ratio.lower, 0);
  EXPECT_TRUE(std::isnan(mean.likelihood_ratio.upper));
}

TEST(FitData, GivesTheWholeCircleWhereNoDirectionIsRejected) {
  auto const mean = fit_data(*sim::make_model("von_mises", {}), {0.1, 2, -2.5, 3, 1.2, -1, 0.3}, 0.95).parameters.at(0);
  for (auto const& bounds : {mean.wald, mean.score, mean.likelihood_ratio}) {
    EXPECT_DOUBLE_EQ(bounds.lower, mean.estimate - M_PI);
    EXPECT_DOUBLE_EQ(bounds.upper, mean.estimate + M_PI);
  }
}

}  // namespace
}  // namespace fisherlab

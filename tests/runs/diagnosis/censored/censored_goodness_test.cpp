#include "runs/diagnosis/censored/censored_goodness.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "runs/diagnosis/censored/censored_distances.hpp"
#include "runs/diagnosis/goodness_statistics.hpp"
#include "runs/diagnosis/law_cdf.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::runs {
namespace {

using estimators::CensoredSample;

double const unbounded = std::numeric_limits<double>::infinity();

Observations life_hours() {
  return read_observations(std::string(FISHERLAB_TEST_DATA_DIR) + "/life.csv", {.values = "hours", .event = "failed"});
}

/// P(X > x), where the estimate is determined there.
double survival(std::vector<NpmlePiece> const& pieces, double x) {
  double height = 0;
  for (auto const& piece : pieces)
    if (piece.to <= x) height = piece.upper;
  return 1 - height;
}

// At risk 5, 3, 2: 1 - F = 4/5, 4/5 x 2/3, 4/5 x 2/3 x 1/2; the last two of five are given up.
TEST(Npmle, IsKaplanMeierWhereObservationsAreSeenOrLost) {
  auto const pieces = npmle({{1, 2, 3, 4, 5}, {1, 0, 1, 1, 0}});
  ASSERT_EQ(pieces.size(), 4u);
  EXPECT_DOUBLE_EQ(survival(pieces, 1), 0.8);
  EXPECT_DOUBLE_EQ(survival(pieces, 3.5), 0.8 * 2 / 3);
  EXPECT_DOUBLE_EQ(survival(pieces, 4), 0.8 / 3);
  EXPECT_EQ(pieces.back().to, unbounded);
  EXPECT_EQ(pieces.back().from, 5);
  EXPECT_EQ(pieces.back().upper, 1);
}

TEST(Npmle, OfTurnbullIsThatOfKaplanAndMeierWhereTheyHaveOne) {
  CensoredSample right{{3, 1, 4, 1, 5, 9, 2, 6, 5, 3}, {1, 1, 0, 0, 1, 0, 1, 1, 0, 1}};
  auto with_uppers = right;
  for (std::size_t i = 0; i < right.times.size(); ++i) with_uppers.uppers.push_back(right.upper(i));
  auto const one = npmle(right), other = npmle(with_uppers);
  ASSERT_EQ(one.size(), other.size());
  for (std::size_t j = 0; j < one.size(); ++j) {
    EXPECT_EQ(one[j].to, other[j].to);
    EXPECT_NEAR(one[j].upper, other[j].upper, 1e-5);
  }
}

// Cells that no observation spans fill by their shares; (0, 3] spreads over both.
TEST(Npmle, OfTurnbullSpreadsAnIntervalByTheOthers) {
  auto const pieces = npmle({{0, 0, 2, 0}, {0, 0, 0, 0}, {1, 1, 3, 3}});
  ASSERT_EQ(pieces.size(), 2u);
  EXPECT_EQ(pieces[0].to, 1);
  EXPECT_EQ(pieces[1].from, 2);
  EXPECT_NEAR(pieces[0].upper, 2.0 / 3, 1e-6) << "p = (2 + p)/4";
}

// survival::survfit(Surv(lower, upper, type = "interval2") ~ 1), which stops at about 1e-4.
TEST(Npmle, OfTurnbullAgreesWithR) {
  auto const data = read_observations(std::string(FISHERLAB_TEST_DATA_DIR) + "/intervals_visits.csv",
                                      {.lower = "lower", .upper = "upper"});
  auto const pieces = npmle({data.values, {data.is_observed.begin(), data.is_observed.end()}, data.uppers});
  std::vector<std::pair<double, double>> const r = {{5, 0.869258236},  {10.2, 0.747881079}, {14, 0.650937307},
                                                    {20, 0.559409811}, {24, 0.396742851},   {30, 0.154835654},
                                                    {40, 0.050414632}};
  for (auto const& [x, p] : r) EXPECT_NEAR(survival(pieces, x), p, 3e-4) << x;
}

TEST(CensoredDistances, AreTheUsualOnesWithoutCensoring) {
  auto const model = sim::make_model("weibull", {});
  std::vector<double> const theta = {1.5, 2};
  std::vector<double> values = {0.3, 2.1, 1.1, 0.9, 4.2, 1.7, 2.1, 0.05};
  auto const found = censored_distances(npmle({values, std::vector<char>(values.size(), 1)}), law_cdf(*model, theta),
                                        static_cast<double>(values.size()));
  auto const usual = DistanceStatistics(*model, values, theta).of(values, theta);
  EXPECT_NEAR(found.anderson_darling, usual[0], 1e-10);
  EXPECT_NEAR(found.cramer_von_mises, usual[1], 1e-12);
  EXPECT_NEAR(found.kolmogorov, usual[2], 1e-14);
}

// R: survfit and stepfun of life.csv, integrate() between the jumps of the estimate, at survreg's Weibull law.
TEST(CensoredDistances, AgreeWithNumericalIntegrals) {
  auto const data = fit_censored_data(sim::make_model("weibull", {}), life_hours(), 0.95);
  auto const found = censored_distances(npmle(data.sample), law_cdf(*data.fitted.model, data.fit.theta), 40);
  EXPECT_NEAR(found.anderson_darling, 0.1037704, 2e-6);
  EXPECT_NEAR(found.cramer_von_mises, 0.01919516, 2e-7);
  EXPECT_NEAR(found.kolmogorov, 0.07253571, 2e-7);
}

/// n lives of a law, each given up at a uniform time of (0, most).
Observations lives_of(std::string const& model, std::vector<double> const& theta, std::int64_t n, double most,
                      std::uint64_t seed) {
  sim::Sample drawn(n, 1);
  sim::make_model(model, {})->draw(theta, {seed, 13, 0}, drawn);
  sim::ScalarStream stream({seed, 14, 0});
  Observations data{"lives", {}, {}, {}};
  for (std::int64_t i = 0; i < n; ++i) {
    double const lost = most * stream.open_uniform();
    data.values.push_back(std::fmin(drawn(i)[0], lost));
    data.is_observed.push_back(drawn(i)[0] <= lost);
  }
  return data;
}

Goodness checked(std::string const& model, Observations const& data, std::uint64_t seed = 1) {
  return check_censored(fit_censored_data(sim::make_model(model, {}), data, 0.95), data, {.seed = seed, .threads = 1});
}

// The mean of forty p-values of true models is nearly N(1/2, 1/480); each seed draws other data.
TEST(CensoredGoodness, HasUniformPValuesWhereTheModelIsTrue) {
  std::vector<double> sums(3, 0.0);
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    auto const goodness = checked("exponential", lives_of("exponential", {0.5}, 20, 5, seed), seed);
    ASSERT_GE(goodness.tests.size(), 3u);
    for (std::size_t k = 0; k < 3; ++k) sums[k] += goodness.tests[k].p_value / 40;
  }
  for (double const mean : sums) EXPECT_NEAR(mean, 0.5, 4.5 / std::sqrt(480.0));
}

TEST(CensoredGoodness, RefutesAnotherLaw) {
  auto const data = lives_of("weibull", {3, 10}, 80, 25, 1);
  auto const wrong = checked("exponential", data), right = checked("weibull", data);
  EXPECT_TRUE(wrong.is_refuted);
  EXPECT_EQ(wrong.tests[0].p_value, 0.001);
  EXPECT_FALSE(right.is_refuted);
  EXPECT_LT(right.aic, wrong.aic);
  // The exponential law's score of an observation is d/rate - t; its sandwich does without 1/rate^2 as the variance.
  double squares = 0, ends = 0, time = 0;
  for (std::size_t i = 0; i < data.values.size(); ++i) {
    ends += data.is_observed[i] ? 1 : 0;
    time += data.values[i];
  }
  double const rate = ends / time;
  for (std::size_t i = 0; i < data.values.size(); ++i)
    squares += std::pow((data.is_observed[i] ? 1 / rate : 0) - data.values[i], 2);
  EXPECT_NEAR(wrong.sandwich[0], std::sqrt(squares) * rate * rate / ends, 1e-6 * rate);
}

TEST(CensoredGoodness, SeesRowsThatFollowEachOther) {
  auto data = lives_of("weibull", {3, 10}, 60, 25, 2);
  std::sort(data.values.begin(), data.values.begin() + 30);
  std::sort(data.values.begin() + 30, data.values.end());
  data.is_observed.assign(60, true);
  auto const goodness = checked("weibull", data);
  EXPECT_EQ(goodness.tests.back().name, "dependence of neighbouring rows");
  EXPECT_TRUE(goodness.is_refuted);
}

std::optional<double> p_value_of(Goodness const& goodness, std::string const& name) {
  for (auto const& test : goodness.tests)
    if (test.name == name) return test.p_value;
  return {};
}

/// Lives of a gamma law (of shape 1: exponential), every one given up at 1.2 times the mean, tested as exponential.
double information_p(double shape, std::uint64_t seed) {
  sim::Sample drawn(40, 1);
  auto const law = test::law("gamma", {shape, shape});
  law.model->draw(law.theta, {seed, 7, 0}, drawn);
  Observations lives{"lives", {}, {}, {}, {}, true};
  for (std::int64_t i = 0; i < 40; ++i) {
    lives.values.push_back(std::min(drawn(i)[0], 1.2));
    lives.is_observed.push_back(drawn(i)[0] <= 1.2);
  }
  auto const data = fit_censored_data(sim::make_model("exponential", {}), lives, 0.95);
  return p_value_of(check_censored(data, lives, {.seed = seed, .threads = 1}), "information matrix").value();
}

// Whole days of which the first is 1: a life of the fit below half a day is rounded up, since no Weibull law gives 0.
TEST(CensoredGoodness, RoundsLivesToTheGridWithinTheSupport) {
  Observations days{"days", {}, {}, {}, {}, true};
  for (int i = 0; i < 60; ++i) {
    days.values.push_back(1 + std::floor(0.004 * i * i));
    days.is_observed.push_back(i % 5 != 0);
  }
  auto const data = fit_censored_data(sim::make_model("weibull", {}), days, 0.95);
  auto const goodness = check_censored(data, days, {.seed = 3, .threads = 1});
  EXPECT_EQ(goodness.grid, 1);
  EXPECT_EQ(goodness.replicates, 999) << "none is lost";
  EXPECT_EQ(on_grid(0.2, 1, *data.fitted.model), 1);
  EXPECT_EQ(on_grid(1.2, 1, *data.fitted.model), 1);
  EXPECT_EQ(on_grid(0.2, 1, *sim::make_model("normal", {})), 0);
  EXPECT_EQ(on_grid(0.97, 0.1, *sim::make_model("beta", {})), 0.9);
  EXPECT_EQ(on_grid(0.97, 0, *sim::make_model("beta", {})), 0.97);
}

// Uniform p-values of 40 samples have mean 1/2 with an error of .046; shape 4 has half the spread in the scores.
TEST(CensoredInformationTest, HasTheLevelItSaysAndSeesAWrongSpread) {
  double sum = 0;
  int refuted = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    sum += information_p(1, seed);
    refuted += information_p(4, seed) <= 0.05;
  }
  EXPECT_NEAR(sum / 40, 0.5, 4 * 0.046);
  EXPECT_GE(refuted, 30);
}

}  // namespace
}  // namespace fisherlab::runs

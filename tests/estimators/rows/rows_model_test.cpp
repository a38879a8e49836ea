#include "estimators/rows/rows_model.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "estimators/intervals.hpp"
#include "estimators/mle.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::estimators {
namespace {

using sim::Lanes;

/// Quantiles of Weibull's law of shape 1.5 and scale 3, out of order.
std::vector<double> many_lives(std::size_t n) {
  std::vector<double> rows;
  for (std::size_t i = 0; i < n; ++i) {
    double const u = (static_cast<double>(i * 7919 % n) + 0.5) / static_cast<double>(n);
    rows.push_back(3 * std::pow(-std::log(1 - u), 1 / 1.5));
  }
  return rows;
}

sim::Sample in_every_lane(std::vector<double> const& rows) {
  sim::Sample sample(static_cast<std::int64_t>(rows.size()), 1);
  for (std::size_t i = 0; i < rows.size(); ++i) sample(static_cast<std::int64_t>(i)) = rows[i];
  return sample;
}

void expect_near(Lanes const& one, Lanes const& other, std::string const& what) {
  for (int lane = 0; lane < sim::lane_count; ++lane)
    EXPECT_NEAR(one[lane], other[lane], 1e-11 * (1 + std::fabs(other[lane]))) << what << ", lane " << lane;
}

/// Sums over 2,003 rows: more than a tile, and three that fill no observation of eight lanes.
TEST(RowsModel, HasTheSumsOfTheSample) {
  auto const rows = many_lives(2003);
  auto const sample = in_every_lane(rows);
  for (std::string const name : {"weibull", "gamma", "normal", "lognormal"}) {
    auto const model = sim::make_model(name, {});
    RowsModel const by_rows(*model, rows);
    EXPECT_EQ(by_rows.stand_in().n(), 2003);
    for (bool const has_one_theta : {true, false}) {
      std::vector<Lanes> theta = {1.3, 2.1};
      if (!has_one_theta) theta[1].set(5, 2.7);
      auto const what = name + (has_one_theta ? " at one theta" : " at several");
      expect_near(by_rows.log_likelihood(by_rows.stand_in(), theta.data()), model->log_likelihood(sample, theta.data()),
                  what);
      std::vector<Lanes> s(2), h(3), o(3), s2(2), h2(3), o2(3);
      auto const l = by_rows.derivatives(by_rows.stand_in(), theta.data(), s.data(), h.data());
      expect_near(l, model->derivatives(sample, theta.data(), s2.data(), h2.data()), what);
      for (std::size_t k = 0; k < 3; ++k) expect_near(h[k], h2[k], what + " Hessian");
      by_rows.score_products(by_rows.stand_in(), theta.data(), s.data(), o.data(), h.data());
      model->score_products(sample, theta.data(), s2.data(), o2.data(), h2.data());
      for (std::size_t k = 0; k < 2; ++k) expect_near(s[k], s2[k], what + " score");
      for (std::size_t k = 0; k < 3; ++k) expect_near(o[k], o2[k], what + " products");
    }
  }
}

TEST(RowsModel, HasTheEstimateOfTheSample) {
  auto const rows = many_lives(2003);
  auto const sample = in_every_lane(rows);
  for (std::string const name : {"weibull", "gamma", "normal", "exponential", "gumbel", "inverse_gaussian"}) {
    auto const model = sim::make_model(name, {});
    auto const p = static_cast<std::size_t>(model->parameter_count());
    RowsModel const by_rows(*model, rows);
    std::vector<Lanes> ours(p), usual(p);
    EXPECT_EQ(fit(by_rows, by_rows.stand_in(), ours.data()).found, sim::all_lanes) << name;
    fit(*model, sample, usual.data());
    for (std::size_t a = 0; a < p; ++a) EXPECT_NEAR(ours[a][0], usual[a][0], 1e-8 * std::fabs(usual[a][0])) << name;
  }
}

// The general search, by the same rows in every lane.
TEST(FitData, OfManyRowsHasTheEndsOfTheGeneralSearch) {
  auto const rows = many_lives(many_rows + 3);
  auto const model = sim::make_model("weibull", {});
  auto const fitted = fit_data(*model, rows, 0.95);
  ASSERT_TRUE(fitted.found);
  for (std::size_t a = 0; a < 2; ++a) {
    auto const& p = fitted.parameters[a];
    auto const general = likelihood_ratio_bounds(*model, rows, fitted, a, 3.841458820694124);
    EXPECT_NEAR(p.likelihood_ratio.lower, general.lower, 1e-6 * p.std_error) << p.name;
    EXPECT_NEAR(p.likelihood_ratio.upper, general.upper, 1e-6 * p.std_error) << p.name;
    EXPECT_GT(std::fabs(p.wald.upper - general.upper), 1e-4 * p.std_error) << "the control";
    EXPECT_NEAR(p.score.upper, p.likelihood_ratio.upper, 0.02 * p.std_error);
  }
}

}  // namespace
}  // namespace fisherlab::estimators

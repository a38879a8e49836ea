#include "sim/models/lognormal.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/extreme_value.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <cmath>
#include <vector>

#include "sim/models/gumbel.hpp"
#include "tests/sim/models/estimate_laws.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

using LognormalLaw = boost::math::lognormal_distribution<>;
using GumbelLaw = boost::math::extreme_value_distribution<>;

TEST(Lognormal, ObeysTheModelLaws) {
  expect_model_laws(sim::Lognormal{}, {{2.0, 0.7}, {-5.0, 0.25}, {0.7, 20.0}, {60.0, 1e-3}},
                    [](sim::Theta<double, 2> const& theta) {
                      return ReferenceLaw{{continuous(LognormalLaw(theta[0], theta[1]), Axis::Kind::positive)}};
                    });
}

TEST(Lognormal, StatesThePropertiesOfItsLaw) {
  auto const model = catalogued(sim::Lognormal{});
  expect_quantities(model, {2.0, 0.7}, LognormalLaw(2.0, 0.7), 8);
  expect_quantities(model, {-5.0, 0.25}, LognormalLaw(-5.0, 0.25), 8);
  EXPECT_EQ(model->offers().properties.value({sim::Quantity::Kind::tail, -1.0}, std::vector{2.0, 0.7})->value, 1.0);
}

TEST(Lognormal, InvertsItsMoments) {
  auto const t = sim::Lognormal{}.from_moments(std::exp(2.0 + 0.245), std::expm1(0.49) * std::exp(4.49));
  expect_relative(t[0][3], 2.0, 1e-14);
  expect_relative(t[1][3], 0.7, 1e-14);
}

TEST(Lognormal, FitsByTheNormalEstimateOfTheLogarithm) {
  for (std::int64_t const n : {2, 10, 301})
    expect_fits_solve_the_likelihood_equations(catalogued(sim::Lognormal{}), {2.0, 0.7}, n, 50);
  expect_fits_solve_the_likelihood_equations(catalogued(sim::Lognormal{}), {60.0, 1e-3}, 20, 50, 1e-8);
  sim::Sample sample(3, 1);
  sample(0) = std::exp(1.0), sample(1) = std::exp(2.0), sample(2) = std::exp(6.0);
  sim::Theta<sim::Lanes, 2> t;
  ASSERT_EQ(sim::Lognormal{}.fit(sample, t), sim::all_lanes);
  expect_relative(t[0][0], 3.0, 1e-15);
  expect_relative(t[1][0], std::sqrt(14.0 / 3), 1e-15);
  sample(1).set(2, 0.0);
  EXPECT_EQ(sim::Lognormal{}.fit(sample, t), sim::all_lanes & ~(1 << 2)) << "log 0 has no finite mean";
}

TEST(LognormalAndGumbel, HaveNoEstimateFromEqualObservations) {
  expect_no_fit_of_equal_observations(catalogued(sim::Lognormal{}), {0.1, 1.0, 1e300, 3e-308});
  expect_no_fit_of_equal_observations(catalogued(sim::Gumbel{}), {0.1, 0.0, -1e300, 1e6 + 0.1});
}

TEST(Lognormal, StatesTheExactMeanOfItsEstimate) {
  sim::Lognormal const model;
  sim::Theta<double, 2> const theta = {2.0, 0.7};
  for (std::int64_t const n : {2, 7}) {
    auto const s = simulate(catalogued(model), {2.0, 0.7}, n, 200'000, 2, [&](auto const& sample, auto* values) {
      sim::Theta<sim::Lanes, 2> t;
      auto const found = model.fit(sample, t);
      values[0] = t[0], values[1] = t[1];
      return found;
    });
    auto const exact = model.mean_of_estimate(theta, static_cast<double>(n));
    expect_mean(s[0], exact[0]);
    expect_mean(s[1], exact[1]);
  }
  double const n = 1e5;
  EXPECT_NEAR(n * (model.mean_of_estimate(theta, n)[1] - 0.7), model.first_order_bias(theta)[1], 1e-5);
}

TEST(Lognormal, EstimatesWithoutBias) {
  sim::Lognormal const model;
  auto const median = simulate(catalogued(model), {2.0, 0.7}, 2, 200'000, 3, [&](auto const& sample, auto* values) {
    sim::Theta<sim::Lanes, 2> t;
    auto const found = model.best_unbiased(sample, t) & model.best_unbiased_quantile(0.5, sample, values[2]);
    values[0] = t[0], values[1] = t[1];
    return static_cast<sim::LaneSet>(found);
  });
  expect_mean(median[0], 2.0);
  expect_mean(median[1], 0.7);
  expect_mean(median[2], std::exp(2.0));
  for (double const prob : {0.05, 0.9, 0.99}) {
    auto const s = simulate(catalogued(model), {-1.0, 1.2}, 6, 400'000, 1, [&](auto const& sample, auto* values) {
      return model.best_unbiased_quantile(prob, sample, values[0]);
    });
    expect_mean(s[0], quantile(LognormalLaw(-1.0, 1.2), prob));
  }
}

/// The lane's neighbours decide how many terms are summed, never its value.
TEST(Lognormal, SumsTheSeriesOfAQuantileLaneByLane) {
  sim::Lognormal const model;
  sim::Sample sample(4, 1), alone(4, 1);
  catalogued(model)->draw(std::vector{0.0, 2.0}, {.seed = 1, .scenario = 1, .replicate = 0}, sample);
  for (std::int64_t i = 0; i < 4; ++i) {
    sample(i).set(1, std::exp(static_cast<double>(10 * i)));
    alone(i) = sample(i)[0];
  }
  sim::Lanes beside, single;
  ASSERT_EQ(model.best_unbiased_quantile(0.9, sample, beside), sim::all_lanes);
  ASSERT_EQ(model.best_unbiased_quantile(0.9, alone, single), sim::all_lanes);
  EXPECT_EQ(sim::to_bits(beside[0]), sim::to_bits(single[0]));
}

}  // namespace
}  // namespace fisherlab::test

#include "sim/models/pareto.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/pareto.hpp>
#include <boost/math/distributions/rayleigh.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <vector>

#include "sim/math/gamma_half_step.hpp"
#include "sim/models/rayleigh.hpp"
#include "tests/sim/models/estimate_laws.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

using ParetoLaw = boost::math::pareto_distribution<>;
using RayleighLaw = boost::math::rayleigh_distribution<>;

/// For integrals, on the scale of log x with the edge of the support at the centre.
ReferenceLaw pareto_integrals(double minimum, double shape) {
  auto coordinate = continuous(ParetoLaw(minimum, shape), Axis::Kind::positive);
  coordinate.axis.centre = std::log(minimum);
  return {{coordinate}};
}
/// For points and draws: from the minimum to where 1e-6 of the probability is left.
ReferenceLaw pareto_points(double minimum, double shape) {
  auto coordinate = continuous(ParetoLaw(minimum, shape), Axis::Kind::interval);
  coordinate.axis.lower = minimum;
  coordinate.axis.upper = minimum * std::pow(1e6, 1 / shape);
  return {{coordinate}};
}

TEST(Pareto, ObeysTheModelLaws) {
  for (double const minimum : {0.02, 1.0, 3e4})
    for (sim::Theta<double, 1> const theta : {sim::Theta<double, 1>{2.5}, {0.3}, {0.7}, {1e4}}) {
      auto const tested = shipped(sim::Pareto{minimum});
      std::vector<Breach> breaches;
      check_density(tested, theta, pareto_integrals(minimum, theta[0]), breaches);
      check_information(tested, theta, pareto_integrals(minimum, theta[0]), breaches);
      check_derivatives(tested, theta, pareto_points(minimum, theta[0]), breaches);
      check_draws(tested.model, theta, pareto_points(minimum, theta[0]), breaches);
      check_lanes(tested, theta, breaches);
      for (auto const& breach : breaches) ADD_FAILURE() << minimum << ' ' << theta[0] << ": " << breach;
    }
}

TEST(Pareto, HasNoDensityBelowItsMinimum) {
  sim::Pareto const model{3.0};
  EXPECT_EQ(model.log_density(2.999, {1.5}), -HUGE_VAL);
  EXPECT_GT(model.log_density(3.0, {1.5}), -HUGE_VAL);
  auto const erased = catalogued(model);
  EXPECT_EQ(erased->offers().lower_end(std::vector{1.5}, 0), 3.0);
  sim::Sample sample(2, 1);
  sample(0) = 2.0, sample(1) = 7.0;
  sim::Lanes t = 1.5;
  EXPECT_EQ(erased->log_likelihood(sample, &t)[4], -HUGE_VAL);
  EXPECT_EQ(erased->offers().fit(sample, &t), 0);
  EXPECT_THROW(sim::Pareto::with_constants(std::vector{0.0}), InputError);
}

TEST(Pareto, StatesThePropertiesOfItsLaw) {
  auto const model = catalogued(sim::Pareto{3.0});
  expect_quantities(model, {2.5}, ParetoLaw(3.0, 2.5), 8);
  expect_quantities(model, {40.0}, ParetoLaw(3.0, 40.0), 8);
  EXPECT_FALSE(model->offers().properties.value({sim::Quantity::Kind::mean}, std::vector{0.9}));
  EXPECT_FALSE(model->offers().properties.value({sim::Quantity::Kind::variance}, std::vector{1.9}));
  EXPECT_EQ(model->offers().properties.value({sim::Quantity::Kind::tail, 1.0}, std::vector{2.5})->value, 1.0);
}

TEST(ParetoAndRayleigh, InvertTheirMoments) {
  sim::Pareto const pareto{3.0};
  sim::Theta<double, 1> const shape = {2.5}, scale = {2.0};
  expect_relative(pareto.from_moments(pareto.mean(shape), 0.0)[0][1], 2.5, 1e-14);
  sim::Rayleigh const rayleigh;
  expect_relative(rayleigh.from_moments(rayleigh.mean(scale), 0.0)[0][1], 2.0, 1e-14);
}

TEST(ParetoAndRayleigh, FitsSolveTheLikelihoodEquations) {
  for (std::int64_t const n : {1, 2, 10, 301}) {
    expect_fits_solve_the_likelihood_equations(catalogued(sim::Pareto{3.0}), {2.5}, n, 50);
    expect_fits_solve_the_likelihood_equations(catalogued(sim::Rayleigh{}), {2.0}, n, 50);
  }
}

TEST(Pareto, HasNoEstimateWhenAllObservationsLieAtTheMinimum) {
  expect_no_fit_of_equal_observations(catalogued(sim::Pareto{0.1}), {0.1});
}

/// Mean n shape/(n - 1), mean square n^2 shape^2/((n - 1)(n - 2)).
TEST(Pareto, StatesTheExactMeanOfItsEstimate) {
  sim::Pareto const model{3.0};
  double const n = 10;
  auto const s = simulate(catalogued(model), {2.5}, 10, 400'000, 2, [&](auto const& sample, auto* values) {
    sim::Theta<sim::Lanes, 1> t;
    auto const found = model.fit(sample, t);
    values[0] = t[0], values[1] = t[0] * t[0];
    return found;
  });
  sim::Theta<double, 1> const theta = {2.5};
  EXPECT_DOUBLE_EQ(model.mean_of_estimate(theta, n)[0], 25.0 / 9);
  expect_mean(s[0], model.mean_of_estimate(theta, n)[0]);
  expect_mean(s[1], 100 * 6.25 / (9 * 8));
  EXPECT_EQ(model.mean_of_estimate(theta, 1.0)[0], HUGE_VAL);
  EXPECT_NEAR(1e6 * (model.mean_of_estimate(theta, 1e6)[0] - 2.5), model.first_order_bias(theta)[0], 1e-5);
}

TEST(Pareto, EstimatesWithoutBias) {
  expect_unbiased(sim::Pareto{3.0}, 2.5, 4, ParetoLaw(3.0, 2.5), 0.9);
  expect_unbiased(sim::Pareto{0.02}, 20.0, 5, ParetoLaw(0.02, 20.0), 0.01);
}

TEST(ParetoAndRayleigh, EstimateATailFromOneObservationByItself) {
  sim::Sample sample(1, 1);
  sim::Lanes value;
  sample(0) = 7.0;
  sample(0).set(1, 4.0);
  EXPECT_EQ(sim::Pareto{3.0}.best_unbiased_tail(5.0, sample, value), sim::all_lanes);
  EXPECT_EQ(value[0], 1.0);
  EXPECT_EQ(value[1], 0.0);
  EXPECT_EQ(sim::Rayleigh{}.best_unbiased_tail(5.0, sample, value), sim::all_lanes);
  EXPECT_EQ(value[0], 1.0);
  EXPECT_EQ(value[1], 0.0);
}

}  // namespace
}  // namespace fisherlab::test

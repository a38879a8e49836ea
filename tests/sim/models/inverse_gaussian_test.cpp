#include "sim/models/inverse_gaussian.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/inverse_gaussian.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <vector>

#include "sim/models/beta.hpp"
#include "tests/sim/models/estimate_laws.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

using InverseGaussianLaw = boost::math::inverse_gaussian_distribution<>;
using BetaLaw = boost::math::beta_distribution<>;

TEST(InverseGaussian, ObeysTheModelLaws) {
  expect_model_laws(sim::InverseGaussian{}, {{2.0, 5.0}, {0.02, 0.004}, {1.0, 200.0}, {50.0, 0.1}},
                    [](sim::Theta<double, 2> const& theta) {
                      InverseGaussianLaw const law(theta[0], theta[1]);
                      return ReferenceLaw{{continuous(law, Axis::Kind::positive)}};
                    });
}

TEST(InverseGaussian, StatesThePropertiesOfItsLaw) {
  auto const model = catalogued(sim::InverseGaussian{});
  expect_quantities(model, {2.0, 5.0}, InverseGaussianLaw(2.0, 5.0), 5, 1e-11);
  expect_quantities(model, {0.02, 0.004}, InverseGaussianLaw(0.02, 0.004), 5, 1e-11);
  EXPECT_EQ(model->offers().properties.value({sim::Quantity::Kind::tail, 0.0}, std::vector{2.0, 5.0})->value, 1.0);
}

/// Where exp(2 shape/mean) overflows; the integral of the density is the other source.
TEST(InverseGaussian, HasTailsAtLargeShapes) {
  sim::InverseGaussian const model;
  for (double const shape : {440.0, 460.0, 5e3})
    for (double const c : {0.95, 1.02, 1.2}) {
      sim::Theta<double, 2> const theta = {1.0, shape};
      double const exact = laws::integrate({.kind = Axis::Kind::line, .centre = c, .width = 0.1}, [&](double x) {
        double const value = x > c ? std::exp(model.log_density(x, theta)) : 0.0;
        return std::isfinite(value) ? value : 0.0;
      });
      expect_relative(model.tail(c, theta), exact, 1e-9);
    }
}

TEST(InverseGaussianAndBeta, InvertTheirMoments) {
  sim::Theta<double, 2> const theta = {2.5, 1.3};
  auto const check = [&](auto const& model) {
    auto const t = model.from_moments(model.mean(theta), model.variance(theta));
    expect_relative(t[0][2], 2.5, 1e-13);
    expect_relative(t[1][2], 1.3, 1e-13);
  };
  check(sim::InverseGaussian{});
  check(sim::Beta{});
}

TEST(InverseGaussian, FitsSolveTheLikelihoodEquations) {
  auto const model = catalogued(sim::InverseGaussian{});
  for (std::int64_t const n : {2, 10, 301}) expect_fits_solve_the_likelihood_equations(model, {2.0, 5.0}, n, 50);
  expect_fits_solve_the_likelihood_equations(model, {50.0, 0.1}, 30, 50, 1e-8);
  expect_no_fit_of_equal_observations(model, {0.1, 1.0, 3e7});
}

/// Mean n a/(n - 3), variance 2 n^2 a^2/((n - 3)^2 (n - 5)): the exact values of Tweedie (1957).
TEST(InverseGaussian, StatesTheExactMeanOfItsEstimate) {
  sim::InverseGaussian const model;
  double const n = 12, mean = 60.0 / 9;
  auto const exact = model.mean_of_estimate(sim::Theta<double, 2>{2.0, 5.0}, n);
  EXPECT_DOUBLE_EQ(exact[0], 2.0);
  EXPECT_DOUBLE_EQ(exact[1], mean);
  auto const s = simulate(catalogued(model), {2.0, 5.0}, 12, 800'000, 5, [&](auto const& sample, auto* values) {
    sim::Theta<sim::Lanes, 2> t, best;
    auto const found = model.fit(sample, t) & model.best_unbiased(sample, best);
    values[0] = t[0], values[1] = t[1];
    values[2] = (t[1] - mean) * (t[1] - mean);
    values[3] = best[0], values[4] = best[1];
    return static_cast<sim::LaneSet>(found);
  });
  expect_mean(s[0], exact[0]);
  expect_mean(s[1], exact[1]);
  expect_mean(s[2], 2 * n * n * 25 / (9 * 9 * 7));
  expect_mean(s[3], 2.0);
  expect_mean(s[4], 5.0);
  EXPECT_EQ(model.mean_of_estimate(sim::Theta<double, 2>{2.0, 5.0}, 3.0)[1], HUGE_VAL);
}

}  // namespace
}  // namespace fisherlab::test

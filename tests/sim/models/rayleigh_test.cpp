#include "sim/models/rayleigh.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/pareto.hpp>
#include <boost/math/distributions/rayleigh.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <vector>

#include "sim/math/gamma_half_step.hpp"
#include "tests/sim/models/estimate_laws.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

using ParetoLaw = boost::math::pareto_distribution<>;
using RayleighLaw = boost::math::rayleigh_distribution<>;

TEST(Rayleigh, ObeysTheModelLaws) {
  expect_model_laws(sim::Rayleigh{}, {{2.0}, {0.05}, {1e6}, {1e-6}}, [](sim::Theta<double, 1> const& theta) {
    return ReferenceLaw{{continuous(RayleighLaw(theta[0]), Axis::Kind::positive)}};
  });
}

TEST(Rayleigh, StatesThePropertiesOfItsLaw) {
  auto const model = catalogued(sim::Rayleigh{});
  expect_quantities(model, {2.0}, RayleighLaw(2.0), 8);
  expect_quantities(model, {0.05}, RayleighLaw(0.05), 8);
  EXPECT_EQ(model->offers().properties.value({sim::Quantity::Kind::tail, -1.0}, std::vector{2.0})->value, 1.0);
}

TEST(Rayleigh, HasNoEstimateWhenAllObservationsAreZero) {
  expect_no_fit_of_equal_observations(catalogued(sim::Rayleigh{}), {0.0});
}

TEST(GammaHalfStep, AgreesWithBoost) {
  for (double const x : {1e-3, 0.5, 1.0, 4.5, 31.5, 32.0, 100.0, 1e4, 1e8}) {
    auto const wide = static_cast<long double>(x);
    auto const exact = static_cast<double>(1 / boost::math::tgamma_delta_ratio(wide, 0.5L) / std::sqrt(wide));
    expect_relative(sim::gamma_half_step(x), exact, 1e-14);
  }
}

TEST(Rayleigh, StatesTheExactMeanOfItsEstimate) {
  sim::Rayleigh const model;
  sim::Theta<double, 1> const theta = {2.0};
  for (std::int64_t const n : {1, 3}) {
    auto const s = simulate(catalogued(model), {2.0}, n, 400'000, 1, [&](auto const& sample, auto* values) {
      sim::Theta<sim::Lanes, 1> t;
      auto const found = model.fit(sample, t);
      values[0] = t[0];
      return found;
    });
    expect_mean(s[0], model.mean_of_estimate(theta, static_cast<double>(n))[0]);
  }
  EXPECT_NEAR(1e5 * (model.mean_of_estimate(theta, 1e5)[0] - 2.0), model.first_order_bias(theta)[0], 1e-5);
}

TEST(Rayleigh, EstimatesWithoutBias) {
  expect_unbiased(sim::Rayleigh{}, 2.0, 2, RayleighLaw(2.0), 0.9);
  expect_unbiased(sim::Rayleigh{}, 0.05, 5, RayleighLaw(0.05), 0.01);
}

}  // namespace
}  // namespace fisherlab::test

#include "sim/models/beta.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/inverse_gaussian.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <vector>

#include "tests/sim/models/estimate_laws.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

using InverseGaussianLaw = boost::math::inverse_gaussian_distribution<>;
using BetaLaw = boost::math::beta_distribution<>;

ReferenceLaw beta_reference(sim::Theta<double, 2> const& theta) {
  auto coordinate = continuous(BetaLaw(theta[0], theta[1]), Axis::Kind::interval);
  coordinate.axis.upper = 1;
  return {{coordinate}};
}

/// Integrals up to 1 need beta above 1: doubles below 1 leave too much of the law out where the density is unbounded.
TEST(Beta, ObeysTheModelLaws) {
  expect_model_laws(sim::Beta{}, {{2.5, 1.3}, {0.3, 4.0}, {0.05, 2.0}, {40.0, 700.0}, {1.0, 1.0}}, beta_reference);
}

/// With beta below 1 what holds without integrals.
TEST(Beta, ObeysTheOtherLawsNearOne) {
  sim::Beta const model;
  auto const tested = shipped(model);
  for (sim::Theta<double, 2> const& theta : {sim::Theta<double, 2>{2.0, 0.3}, {0.3, 0.3}, {0.05, 0.5}}) {
    std::vector<Breach> breaches;
    check_derivatives(tested, theta, beta_reference(theta), breaches);
    check_draws(tested.model, theta, beta_reference(theta), breaches);
    check_lanes(tested, theta, breaches);
    for (auto const& breach : breaches) ADD_FAILURE() << ::testing::PrintToString(theta) << ": " << breach;
    for (double const x : {0x1p-40, 0.25, 0.625, 1 - 0x1p-40})
      expect_relative(model.log_density(x, theta), model.log_density(1 - x, {theta[1], theta[0]}), 1e-13);
    sim::Theta<double, 2> const swapped = {theta[1], theta[0]};
    EXPECT_EQ(model.information(theta)[0], model.information(swapped)[2]);
    EXPECT_EQ(model.information(theta)[1], model.information(swapped)[1]);
  }
  EXPECT_FALSE(model.in_space({2.0, 0.1}));
  EXPECT_FALSE(model.in_space({0.04, 2.0}));
}

TEST(Beta, StatesThePropertiesOfItsLaw) {
  expect_quantities(catalogued(sim::Beta{}), {2.5, 1.3}, BetaLaw(2.5, 1.3), 2);
  expect_quantities(catalogued(sim::Beta{}), {0.3, 40.0}, BetaLaw(0.3, 40.0), 2);
}

TEST(Beta, FitsSolveTheLikelihoodEquations) {
  auto const model = catalogued(sim::Beta{});
  for (std::int64_t const n : {2, 3, 10, 301}) {
    expect_fits_solve_the_likelihood_equations(model, {2.5, 1.3}, n, 200, 1e-7);
    expect_fits_solve_the_likelihood_equations(model, {0.3, 0.3}, n, 200, 1e-7);
    expect_fits_solve_the_likelihood_equations(model, {1e4, 3e5}, n, 200, 1e-7);
  }
  for (std::int64_t const n : {30, 301}) {
    expect_fits_solve_the_likelihood_equations(model, {0.05, 5.0}, n, 200, 1e-7);
    expect_fits_solve_the_likelihood_equations(model, {900.0, 0.4}, n, 200, 1e-7);
  }
}

TEST(Beta, HasNoEstimateWhereTheLikelihoodHasNoMaximum) {
  auto const model = catalogued(sim::Beta{});
  expect_no_fit_of_equal_observations(model, {0.1, 0.3, 1 - 1e-9, 1e-200});
  sim::Sample sample(4, 1);
  std::vector<sim::Lanes> t(2);
  for (std::int64_t i = 0; i < 4; ++i) sample(i) = 0.2 * static_cast<double>(i + 1);
  EXPECT_EQ(model->offers().fit(sample, t.data()), sim::all_lanes);
  sample(2).set(3, 1.0);
  sample(1).set(5, 0.0);
  EXPECT_EQ(model->offers().fit(sample, t.data()), sim::all_lanes & ~(1 << 3) & ~(1 << 5));
}

TEST(Beta, StatesTheFirstOrderBiasOfItsEstimate) {
  expect_first_order_bias(catalogued(sim::Beta{}), {2.5, 1.3}, 400, 50'000, 10);
  expect_first_order_bias(catalogued(sim::Beta{}), {0.3, 4.0}, 400, 50'000, 10);
}

}  // namespace
}  // namespace fisherlab::test

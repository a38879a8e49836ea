#include "sim/models/gumbel.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/extreme_value.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <cmath>
#include <vector>

#include "tests/sim/models/estimate_laws.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

using LognormalLaw = boost::math::lognormal_distribution<>;
using GumbelLaw = boost::math::extreme_value_distribution<>;

TEST(Gumbel, ObeysTheModelLaws) {
  expect_model_laws(sim::Gumbel{}, {{2.0, 3.0}, {-5.0, 0.25}, {0.7, 1e4}, {1e6, 0.5}},
                    [](sim::Theta<double, 2> const& theta) {
                      return ReferenceLaw{{continuous(GumbelLaw(theta[0], theta[1]), Axis::Kind::line)}};
                    });
}

TEST(Gumbel, StatesThePropertiesOfItsLaw) {
  auto const model = catalogued(sim::Gumbel{});
  expect_quantities(model, {2.0, 3.0}, GumbelLaw(2.0, 3.0), 8);
  expect_quantities(model, {-5.0, 0.25}, GumbelLaw(-5.0, 0.25), 8);
}

TEST(Gumbel, InvertsItsMoments) {
  sim::Gumbel const model;
  sim::Theta<double, 2> const theta = {2.0, 3.0};
  auto const t = model.from_moments(model.mean(theta), model.variance(theta));
  expect_relative(t[0][3], 2.0, 1e-14);
  expect_relative(t[1][3], 3.0, 1e-14);
}

TEST(Gumbel, FitsSolveTheLikelihoodEquations) {
  for (std::int64_t const n : {2, 3, 10, 301})
    expect_fits_solve_the_likelihood_equations(catalogued(sim::Gumbel{}), {2.0, 3.0}, n, 200);
  expect_fits_solve_the_likelihood_equations(catalogued(sim::Gumbel{}), {1e6, 0.5}, 20, 50, 1e-7);
}

/// Data that no Gumbel law would give: one observation far below or above many others, where the profile equation is
/// steepest.
TEST(Gumbel, FitsWildSamples) {
  sim::Gumbel const model;
  auto const erased = catalogued(model);
  for (double const far : {-1e6, -100.0, -3.0, 3.0, 100.0, 1e6})
    for (std::int64_t const n : {2, 5, 1000}) {
      sim::Sample sample(n, 1);
      for (std::int64_t i = 0; i < n; ++i) sample(i) = i == n / 2 ? far : 0.001 * static_cast<double>(i % 7);
      sim::Theta<sim::Lanes, 2> t, score;
      sim::Symmetric<sim::Lanes, 2> hessian;
      ASSERT_EQ(model.fit(sample, t), sim::all_lanes) << far << ' ' << n;
      erased->derivatives(sample, t.data(), score.data(), hessian.data());
      auto const information = model.information(sim::Theta<double, 2>{t[0][0], t[1][0]});
      auto const size = static_cast<double>(n);
      EXPECT_NEAR(score[0][0], 0, 1e-8 * std::sqrt(size * information[0])) << far << ' ' << n;
      EXPECT_NEAR(score[1][0], 0, 1e-8 * std::sqrt(size * information[2])) << far << ' ' << n;
    }
}

TEST(Gumbel, StatesTheFirstOrderBiasOfItsEstimate) {
  expect_first_order_bias(catalogued(sim::Gumbel{}), {-7.0, 3.0}, 200, 100'000, 4);
}

}  // namespace
}  // namespace fisherlab::test

#include "sim/models/shifted_exponential.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/exponential.hpp>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/quadrature/expectation.hpp"
#include "tests/support/averages.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

using sim::Lanes;
using sim::Sample;
using Theta1 = sim::Theta<double, 1>;
using Theta2 = sim::Theta<double, 2>;

ReferenceLaw shifted_law(Theta2 const& t) {
  boost::math::exponential_distribution<> const law(t[1]);
  return {{Coordinate{.axis = {.kind = Axis::Kind::interval, .lower = t[0], .upper = t[0] + 50 / t[1]},
                      .cdf = [=](double const* x) { return cdf(law, *x - t[0]); },
                      .below = {}}}};
}

TEST(ShiftedExponential, ObeysTheLawsOfASmoothModel) {
  expect_model_laws(sim::ShiftedExponential{}, {{2.0, 1.3}, {-5.0, 0.05}, {1e4, 40.0}}, shifted_law);
}

TEST(ShiftedExponential, BreaksTheMeanOfTheScoreAndTheInformationEqualityAlone) {
  Theta2 const theta = {2.0, 1.3};
  EXPECT_EQ(broken(shipped(sim::ShiftedExponential{}), theta, shifted_law(theta)),
            (std::vector{Law::score_has_mean_zero, Law::hessians_give_information}));
}

TEST(ShiftedExponential, EstimateAndBestUnbiasedEstimateHaveTheStatedMeans) {
  Theta2 const theta = {2.0, 1.3};
  sim::ShiftedExponential const model;
  auto const exact = model.mean_of_estimate(theta, 7.0);
  for (std::size_t a = 0; a < 2; ++a) {
    auto const mle = average_estimate(model, theta, 7, a);
    EXPECT_NEAR(mle.mean, exact[a], 5 * mle.error);
    auto const best = average(catalogued(model), {2.0, 1.3}, 7, 8000, [&](Sample const& sample) {
      sim::Theta<Lanes, 2> t;
      EXPECT_EQ(model.best_unbiased(sample, t), sim::all_lanes);
      return t[a];
    });
    EXPECT_NEAR(best.mean, theta[a], 5 * best.error);
    double const n = 1e6;
    EXPECT_NEAR(n * (model.mean_of_estimate(theta, n)[a] - theta[a]), model.first_order_bias({2.0, 1.3})[a][0], 1e-4);
  }
}

TEST(ShiftedExponential, IsIntegratedFromItsLocationOn) {
  auto const model = catalogued(sim::ShiftedExponential{});
  for (Theta2 const& theta : {Theta2{2.0, 1.3}, Theta2{-5.0, 0.05}, Theta2{1e4, 40.0}}) {
    std::vector<Lanes> const t(theta.begin(), theta.end());
    auto const mean = sim::expectation(*model, theta, 8, [&](Sample const& one, Lanes* out) {
      model->score_products(one, t.data(), out, out + 2, out + 5);
    });
    EXPECT_NEAR(mean[0] / theta[1], 1.0, 1e-9);
    EXPECT_NEAR(mean[1] * theta[1], 0.0, 1e-9);
    EXPECT_NEAR(mean[2] / (theta[1] * theta[1]), 1.0, 1e-9);
    EXPECT_NEAR(mean[4] * (theta[1] * theta[1]), 1.0, 1e-9);
  }
}

TEST(ShiftedExponential, HasNoEstimateFromEqualObservations) {
  Sample sample(5, 1);
  for (std::int64_t i = 0; i < 5; ++i) sample(i) = 0.1;
  sample(2).set(6, 0.2);
  sim::Theta<Lanes, 2> theta;
  EXPECT_EQ(sim::ShiftedExponential{}.fit(sample, theta), 1 << 6);
  EXPECT_EQ(theta[0][6], 0.1);
  EXPECT_NEAR(theta[1][6], 1 / 0.02, 1e-12);
}

TEST(ShiftedExponential, StatesItsQuantities) {
  Theta2 const theta = {2.0, 1.3};
  sim::ShiftedExponential const model;
  EXPECT_DOUBLE_EQ(model.tail(model.quantile(0.9, theta), theta), 1 - 0.9);
  EXPECT_DOUBLE_EQ(model.tail(1.0, theta), 1.0);
  EXPECT_DOUBLE_EQ(model.median(theta), model.quantile(0.5, theta));
  auto const t = model.from_moments(model.mean(theta), model.variance(theta));
  EXPECT_NEAR(t[0][0], 2.0, 1e-14);
  EXPECT_NEAR(t[1][0], 1.3, 1e-14);
}

}  // namespace
}  // namespace fisherlab::test

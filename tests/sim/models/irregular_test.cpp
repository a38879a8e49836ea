#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/models/half_line_normal.hpp"
#include "sim/models/neyman_scott.hpp"
#include "sim/models/normal_cube.hpp"
#include "sim/models/shifted_exponential.hpp"
#include "sim/quadrature/expectation.hpp"
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

ReferenceLaw normal_law(double mean, double sd) {
  return {{continuous(boost::math::normal_distribution<>(mean, sd), Axis::Kind::line)}};
}

/// The law of a pair: given its stratum's mean both are N(m, v), so they correlate by spread^2/(spread^2 + v).
ReferenceLaw stratum_law(double variance, double spread) {
  double const total = variance + spread * spread, correlation = spread * spread / total;
  boost::math::normal_distribution<> const margin(0, std::sqrt(total));
  auto second = continuous(margin, Axis::Kind::line, 1);
  double const rest = std::sqrt(total * (1 - correlation * correlation));
  second.cdf = [=](double const* x) { return cdf(boost::math::normal_distribution<>(correlation * x[0], rest), x[1]); };
  return {{continuous(margin, Axis::Kind::line), second}};
}

/// Mean and its standard error of what `of(sample)` gives in each lane, over `batches` drawn batches.
struct Average {
  double mean, error;
};
template <class F>
Average average(sim::AnyModel const& model, std::vector<double> const& theta, std::int64_t n, int batches,
                F const& of) {
  Sample sample(n, model->dimension());
  double sum = 0, squares = 0;
  for (int batch = 0; batch < batches; ++batch) {
    auto key = sampler_key;
    key.replicate += static_cast<std::uint64_t>(8 * batch);
    model->draw(theta, key, sample);
    Lanes const value = of(sample);
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      sum += value[lane];
      squares += value[lane] * value[lane];
    }
  }
  double const count = 8.0 * batches, mean = sum / count;
  return {mean, std::sqrt((squares / count - mean * mean) / count)};
}

template <class M, std::size_t p>
Average average_estimate(M const& model, sim::Theta<double, p> const& theta, std::int64_t n, std::size_t component) {
  return average(catalogued(model), {theta.begin(), theta.end()}, n, 8000, [&](Sample const& sample) {
    sim::Theta<Lanes, p> t;
    EXPECT_EQ(model.fit(sample, t), sim::all_lanes);
    return t[component];
  });
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

TEST(NormalCube, ObeysTheModelLawsAwayFromZero) {
  auto const law = [](Theta1 const& t) { return normal_law(t[0] * t[0] * t[0], 1); };
  expect_model_laws(sim::NormalCube{}, {{0.7}, {-1.4}, {0.01}, {-30.0}}, law);
  for (Theta1 const& theta : {Theta1{0.7}, Theta1{-1.4}, Theta1{-30.0}})
    EXPECT_EQ(broken(shipped(sim::NormalCube{}), theta, law(theta)), std::vector<Law>{});
}

TEST(NormalCube, HasNoInformationAtZero) {
  sim::NormalCube const model;
  EXPECT_EQ(model.information(Theta1{0.0})[0], 0.0);
  EXPECT_EQ(model.score(2.5, Theta1{0.0})[0], 0.0);
}

TEST(NormalCube, EstimateIsTheCubeRootOfTheMean) {
  Sample sample(2, 1);
  sample(0) = 3.0;
  sample(1) = 13.0;
  sample(0).set(1, -67.0);
  sample(0).set(2, -13.0);
  sim::Theta<Lanes, 1> theta;
  EXPECT_EQ(sim::NormalCube{}.fit(sample, theta), sim::all_lanes);
  EXPECT_DOUBLE_EQ(theta[0][0], 2.0);
  EXPECT_DOUBLE_EQ(theta[0][1], -3.0);
  EXPECT_EQ(theta[0][2], 0.0);
}

TEST(NormalCube, BiasTimesNApproachesItsFirstTerm) {
  Theta1 const theta = {1.5};
  auto const mle = average_estimate(sim::NormalCube{}, theta, 20, 0);
  double const first = sim::NormalCube{}.first_order_bias({1.5})[0][0];
  EXPECT_DOUBLE_EQ(first, -1 / (9 * std::pow(1.5, 5)));
  EXPECT_NEAR(20 * (mle.mean - 1.5), first, 20 * 5 * mle.error + 0.1 / 20);
}

TEST(HalfLineNormal, ObeysTheModelLawsOnItsBoundaryToo) {
  sim::HalfLineNormal const model{{3.0}};
  auto const law = [](Theta1 const& t) { return normal_law(t[0], 3.0); };
  expect_model_laws(model, {{0.0}, {0.7}, {1e4}}, law);
  EXPECT_EQ(broken(shipped(model), Theta1{0.0}, law({0.0})), std::vector<Law>{});
  EXPECT_FALSE(model.in_space({-0.1}));
}

TEST(HalfLineNormal, EstimateIsNeverNegativeAndHasTheStatedMean) {
  sim::HalfLineNormal const model{{3.0}};
  for (double const mean : {0.0, 0.5, 4.0}) {
    Theta1 const theta = {mean};
    auto const mle = average_estimate(model, theta, 6, 0);
    EXPECT_NEAR(mle.mean, model.mean_of_estimate(theta, 6.0)[0], 5 * mle.error);
  }
  auto const at_zero = average(catalogued(model), {0.0}, 6, 8000, [&](Sample const& sample) {
    sim::Theta<Lanes, 1> t;
    model.fit(sample, t);
    EXPECT_TRUE(all(t[0] >= Lanes(0.0)));
    return select(t[0] == Lanes(0.0), Lanes(1.0), Lanes(0.0));
  });
  EXPECT_NEAR(at_zero.mean, 0.5, 5 * at_zero.error);
}

TEST(NeymanScott, DrawsItsStrataAndObeysTheLawsOfDerivativesAndLanes) {
  for (auto const& [variance, spread] : {std::pair{2.0, 1.5}, {0.05, 4.0}, {900.0, 0.0}}) {
    auto const tested = shipped(sim::NeymanScott{spread});
    Theta1 const theta = {variance};
    auto const law = stratum_law(variance, spread);
    std::vector<Breach> breaches;
    check_derivatives(tested, theta, law, breaches);
    check_draws(tested.model, theta, law, breaches);
    check_lanes(tested, theta, breaches);
    for (auto const& breach : breaches) ADD_FAILURE() << variance << ", " << spread << ": " << breach;
  }
}

TEST(NeymanScott, LogDensityIsNotThatOfALaw) {
  auto const model = catalogued(sim::NeymanScott{1.5});
  auto const one = [](Sample const&, Lanes* out) { *out = 1.0; };
  EXPECT_THROW(sim::expectation(*model, Theta1{2.0}, 1, one, {.most_batches = 100'000}), InputError);
}

TEST(NeymanScott, ScoreHasMeanMinusHalfAndTheEstimateTendsToHalfTheVariance) {
  Theta1 const theta = {2.0};
  sim::NeymanScott const model{1.5};
  auto const score = average(catalogued(model), {2.0}, 50, 4000, [&](Sample const& sample) {
    Lanes sum = 0.0;
    for (std::int64_t i = 0; i < sample.n(); ++i)
      sum += model.score(std::array{sample(i, 0), sample(i, 1)}, sim::Theta<Lanes, 1>{2.0})[0];
    return sum / 50.0;
  });
  EXPECT_NEAR(score.mean, -1 / (2 * theta[0]), 5 * score.error);
  for (std::int64_t const n : {2, 200}) {
    auto const mle = average_estimate(model, theta, n, 0);
    EXPECT_NEAR(mle.mean, model.mean_of_estimate(theta, static_cast<double>(n))[0], 5 * mle.error);
    EXPECT_EQ(model.mean_of_estimate(theta, static_cast<double>(n))[0], 1.0);
  }
}

TEST(IrregularModels, RefuseConstantsOutsideTheirDomain) {
  EXPECT_THROW(sim::HalfLineNormal::with_constants(std::vector{0.0}), InputError);
  EXPECT_THROW(sim::NeymanScott::with_constants(std::vector{-1.0}), InputError);
  EXPECT_THROW(sim::NeymanScott::with_constants(std::vector{std::nan("")}), InputError);
}

}  // namespace
}  // namespace fisherlab::test

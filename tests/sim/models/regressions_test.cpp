#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

#include "sim/math/cholesky.hpp"
#include "sim/models/linear_regression.hpp"
#include "sim/models/logistic_regression.hpp"
#include "sim/models/poisson_regression.hpp"
#include "sim/quadrature/expectation.hpp"
#include "tests/sim/models/estimate_laws.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

using sim::Lanes;
using sim::LaneSet;
using sim::Sample;
using Theta2 = sim::Theta<double, 2>;
using Theta3 = sim::Theta<double, 3>;

Coordinate design() { return continuous(boost::math::normal_distribution<>(0, 1), Axis::Kind::line); }

ReferenceLaw linear_law(Theta3 const& t) {
  auto y = continuous(boost::math::normal_distribution<>(t[0], std::hypot(t[1], t[2])), Axis::Kind::line, 1);
  y.cdf = [t](double const* x) { return cdf(boost::math::normal_distribution<>(t[0] + t[1] * x[0], t[2]), x[1]); };
  return {{design(), y}};
}

ReferenceLaw logistic_law(Theta2 const& t) {
  auto const failure = [t](double x) { return 1 / (1 + std::exp(t[0] + t[1] * x)); };
  Coordinate const y = {.axis = {.kind = Axis::Kind::counts, .lower = 0, .upper = 1},
                        .cdf = [=](double const* x) { return x[1] < 1 ? failure(x[0]) : 1; },
                        .below = [=](double const* x) { return x[1] < 1 ? 0 : failure(x[0]); }};
  return {{design(), y}};
}

ReferenceLaw poisson_law(Theta2 const& t, double last) {
  auto const up_to = [t](double x, double k) {
    return k < 0 ? 0 : cdf(boost::math::poisson_distribution<>(std::exp(t[0] + t[1] * x)), k);
  };
  double const mean = std::exp(t[0]);
  Coordinate const y = {
      .axis = {.kind = Axis::Kind::counts, .centre = mean, .width = std::sqrt(mean), .lower = 0, .upper = last},
      .cdf = [=](double const* x) { return up_to(x[0], x[1]); },
      .below = [=](double const* x) { return up_to(x[0], x[1] - 1); }};
  return {{design(), y}};
}

/// A sample whose lanes all hold the given pairs.
Sample sample_of(std::initializer_list<std::array<double, 2>> pairs) {
  Sample sample(static_cast<std::int64_t>(pairs.size()), 2);
  std::int64_t i = 0;
  for (auto const& pair : pairs) {
    sample(i, 0) = pair[0];
    sample(i, 1) = pair[1];
    ++i;
  }
  return sample;
}

template <class M>
LaneSet found_in(std::initializer_list<std::array<double, 2>> pairs) {
  sim::ThetaOf<M, Lanes> theta;
  return M{}.fit(sample_of(pairs), theta);
}

/// Fits `batches` drawn batches; at each estimate found the score must vanish, in standard errors, and minus the
/// Hessian be positive definite. Gives the lanes found.
template <class M>
int expect_maxima(sim::ThetaOf<M, double> const& theta, std::int64_t n, int batches) {
  auto const model = catalogued(M{});
  constexpr int p = M::parameter_count;
  Sample sample(n, 2);
  int found_lanes = 0;
  for (int batch = 0; batch < batches; ++batch) {
    auto key = sampler_key;
    key.replicate += static_cast<std::uint64_t>(8 * batch);
    model->draw(theta, key, sample);
    sim::ThetaOf<M, Lanes> t, score;
    sim::SymmetricOf<M, Lanes> hessian;
    LaneSet const found = model->offers().fit(sample, t.data());
    model->derivatives(sample, t.data(), score.data(), hessian.data());
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      if ((found >> lane & 1) == 0) continue;
      ++found_lanes;
      sim::ThetaOf<M, double> s;
      sim::SymmetricOf<M, double> a;
      for (std::size_t k = 0; k < s.size(); ++k) s[k] = score[k][lane];
      for (std::size_t k = 0; k < a.size(); ++k) a[k] = -hessian[k][lane];
      auto step = s;
      EXPECT_TRUE(sim::factorise(a.data(), p));
      sim::solve_factorised(a.data(), p, step.data());
      double decrement = 0;
      for (std::size_t k = 0; k < s.size(); ++k) decrement += s[k] * step[k];
      EXPECT_LT(decrement, 1e-16) << "lane " << lane << " of batch " << batch;
    }
  }
  return found_lanes;
}

/// Mean and its standard error of every component of the estimates, over the lanes found.
template <class M>
std::pair<sim::ThetaOf<M, double>, sim::ThetaOf<M, double>> mean_estimate(sim::ThetaOf<M, double> const& theta,
                                                                          std::int64_t n, int batches) {
  auto const model = catalogued(M{});
  Sample sample(n, 2);
  sim::ThetaOf<M, double> sum{}, squares{};
  double count = 0;
  for (int batch = 0; batch < batches; ++batch) {
    auto key = sampler_key;
    key.replicate += static_cast<std::uint64_t>(8 * batch);
    model->draw(theta, key, sample);
    sim::ThetaOf<M, Lanes> t;
    LaneSet const found = model->offers().fit(sample, t.data());
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      if ((found >> lane & 1) == 0) continue;
      ++count;
      for (std::size_t a = 0; a < sum.size(); ++a) {
        double const error = t[a][lane] - theta[a];
        sum[a] += error;
        squares[a] += error * error;
      }
    }
  }
  EXPECT_GE(count, 7.99 * batches);
  for (std::size_t a = 0; a < sum.size(); ++a) {
    squares[a] = std::sqrt(squares[a]) / count;
    sum[a] = theta[a] + sum[a] / count;
  }
  return {sum, squares};
}

/// The information against quadrature of the mean product of scores.
template <class M>
void expect_information(sim::ThetaOf<M, double> const& theta) {
  auto const model = catalogued(M{});
  constexpr std::size_t p = M::parameter_count, q = sim::packed_size(p);
  std::vector<Lanes> const t(theta.begin(), theta.end());
  auto const products = sim::expectation(*model, theta, p + 2 * q, [&](Sample const& one, Lanes* out) {
    model->score_products(one, t.data(), out, out + p, out + p + q);
  });
  auto const information = M{}.information(theta);
  for (std::size_t a = 0; a < p; ++a)
    for (std::size_t b = 0; b <= a; ++b) {
      auto const k = sim::packed_index(a, b);
      double const unit = std::sqrt(information[sim::packed_index(a, a)] * information[sim::packed_index(b, b)]);
      EXPECT_NEAR(products[p + k] / unit, information[k] / unit, 1e-9);
      EXPECT_NEAR(-products[p + q + k] / unit, information[k] / unit, 1e-9);
    }
}

TEST(LinearRegression, ObeysTheModelLaws) {
  expect_model_laws(sim::LinearRegression{}, {{0.7, -1.5, 3.0}, {-5.0, 0.1, 0.05}, {1e4, 300.0, 400.0}}, linear_law);
}

TEST(LinearRegression, InformationIsExactOnASteepRidgeToo) {
  for (Theta3 const& theta : {Theta3{0.7, -1.5, 3.0}, Theta3{0.0, 2.0, 0.1}})
    expect_information<sim::LinearRegression>(theta);
}

TEST(LinearRegression, EstimateIsLeastSquares) {
  // By hand: mean x = 2, mean y = 4, slope 6/8, residuals (1/2, -2, 1, 1/2).
  auto const sample = sample_of({{0, 3}, {2, 2}, {2, 5}, {4, 6}});
  sim::Theta<Lanes, 3> theta;
  ASSERT_EQ(sim::LinearRegression{}.fit(sample, theta), sim::all_lanes);
  EXPECT_DOUBLE_EQ(theta[0][5], 2.5);
  EXPECT_DOUBLE_EQ(theta[1][5], 0.75);
  EXPECT_DOUBLE_EQ(theta[2][5], std::sqrt(5.5 / 4.0));
  EXPECT_EQ((expect_maxima<sim::LinearRegression>({0.7, -1.5, 3.0}, 5, 8)), 64);
}

TEST(LinearRegression, HasNoEstimateFromTooFewObservationsEqualXOrALine) {
  EXPECT_EQ((found_in<sim::LinearRegression>({{0, 3}, {2, 2}})), 0);
  EXPECT_EQ((found_in<sim::LinearRegression>({{0.1, 3}, {0.1, 2}, {0.1, 4}})), 0);
  EXPECT_EQ((found_in<sim::LinearRegression>({{0.1, 0.3}, {0.2, 0.6}, {0.7, 2.1}, {1.1, 3.3}})), 0);
}

// Least squares at n = 5: three means, each to five of its standard errors, where the fitted sd is 27 % too small.
TEST(LinearRegression, BestUnbiasedIsUnbiased) {
  sim::LinearRegression const model;
  auto const s = simulate(catalogued(model), {100, -20, 0.1}, 5, 400'000, 3, [&](auto const& sample, auto* values) {
    sim::Theta<sim::Lanes, 3> t;
    auto const found = model.best_unbiased(sample, t);
    for (std::size_t a = 0; a < 3; ++a) values[a] = t[a];
    return found;
  });
  expect_mean(s[0], 100);
  expect_mean(s[1], -20);
  expect_mean(s[2], 0.1);
}

TEST(LinearRegression, MeanOfTheEstimateIsExactAndItsBiasTheFirstTerm) {
  Theta3 const theta = {0.7, -1.5, 3.0};
  sim::LinearRegression const model;
  auto const exact = model.mean_of_estimate(theta, 6.0);
  auto const [mean, error] = mean_estimate<sim::LinearRegression>(theta, 6, 8000);
  for (std::size_t a = 0; a < 3; ++a) EXPECT_NEAR(mean[a], exact[a], 5 * error[a]);
  double const n = 1e5;
  EXPECT_NEAR(n * (model.mean_of_estimate(theta, n)[2] - 3.0), -3.75, 1e-3);
  EXPECT_EQ(model.first_order_bias({0.7, -1.5, 3.0})[2][1], -3.75);
}

TEST(LogisticRegression, ObeysTheModelLaws) {
  expect_model_laws(sim::LogisticRegression{}, {{0.5, 1.2}, {-2.0, 0.3}, {3.0, -2.5}, {-6.0, 4.0}}, logistic_law);
}

TEST(LogisticRegression, InformationIsExactFarFromTheCentreAndAtSteepSlopes) {
  for (Theta2 const& theta : std::initializer_list<Theta2>{{0.0, 0.0},
                                                           {0.5, 1.2},
                                                           {-20.0, 1.0},
                                                           {4.0, -10.0},
                                                           {-5.0, 30.0},
                                                           {0.1, 300.0},
                                                           {40.0, 0.01},
                                                           {20.0, 3.0},
                                                           {60.0, 10.0}})
    expect_information<sim::LogisticRegression>(theta);
}

TEST(LogisticRegression, EstimateIsTheMaximumOfTheLikelihood) {
  int const found = expect_maxima<sim::LogisticRegression>({0.5, 1.2}, 30, 64);
  EXPECT_GE(found, 500);  // of 512; a few samples of 30 are separated
  EXPECT_LE(found, 512);
  EXPECT_EQ((expect_maxima<sim::LogisticRegression>({-3.0, 4.0}, 2000, 2)), 16);
}

TEST(LogisticRegression, EstimateExistsIfAndOnlyIfTheGroupsOverlap) {
  using M = sim::LogisticRegression;
  EXPECT_EQ((found_in<M>({{0, 0}, {1, 0}, {2, 1}, {3, 1}})), 0);  // separated
  EXPECT_EQ((found_in<M>({{0, 1}, {1, 1}, {2, 0}, {3, 0}})), 0);  // separated the other way
  EXPECT_EQ((found_in<M>({{0, 0}, {1, 0}, {1, 1}, {3, 1}})), 0);  // touching at one value
  EXPECT_EQ((found_in<M>({{0, 1}, {1, 1}, {2, 1}})), 0);          // no failure
  EXPECT_EQ((found_in<M>({{1, 0}, {1, 1}, {1, 1}})), 0);          // one value of x
  EXPECT_EQ((found_in<M>({{0, 0}, {2, 0}, {1, 1}, {3, 1}})), sim::all_lanes);
  EXPECT_EQ((found_in<M>({{0, 0}, {1 + 1e-12, 0}, {1, 1}, {3, 1}})), sim::all_lanes);
  EXPECT_EQ((found_in<M>({{0, 0}, {1, 1}, {2, 0}})), sim::all_lanes);  // one group inside the other
}

TEST(LogisticRegression, LanesFailAlone) {
  auto sample = sample_of({{0, 0}, {2, 0}, {1, 1}, {3, 1}});
  sample(1, 0).set(3, 0.5);  // separates lane 3
  sim::Theta<Lanes, 2> theta;
  EXPECT_EQ(sim::LogisticRegression{}.fit(sample, theta), sim::all_lanes & ~(1 << 3));
  EXPECT_TRUE(std::isnan(theta[1][3]));
  EXPECT_EQ(theta[1][2], theta[1][4]);
  // Symmetric about 3/2, so the intercept is -3/2 times the slope.
  EXPECT_NEAR(theta[0][0], -1.5 * theta[1][0], 1e-12);
}

TEST(PoissonRegression, ObeysTheModelLaws) {
  auto const law = [](Theta2 const& t) {
    // Beyond |x| = 7 lies nothing that counts.
    double const largest = std::exp(t[0] + 7 * std::abs(t[1]));
    return poisson_law(t, std::ceil(largest + 8 * std::sqrt(largest) + 20));
  };
  expect_model_laws(sim::PoissonRegression{}, {{0.5, 0.4}, {-2.0, 0.8}, {3.0, -0.2}}, law);
}

TEST(PoissonRegression, InformationIsExact) {
  for (Theta2 const& theta : std::initializer_list<Theta2>{{0.5, 0.4}, {-3.0, 0.9}, {6.0, -0.1}})
    expect_information<sim::PoissonRegression>(theta);
}

TEST(PoissonRegression, EstimateIsTheMaximumOfTheLikelihood) {
  EXPECT_EQ((expect_maxima<sim::PoissonRegression>({0.5, 0.4}, 30, 64)), 512);
  EXPECT_EQ((expect_maxima<sim::PoissonRegression>({1.0, -1.5}, 200, 4)), 32);
  int const found = expect_maxima<sim::PoissonRegression>({-3.0, 0.4}, 20, 64);
  EXPECT_GT(found, 200);
  EXPECT_LT(found, 450);  // counts are rare: many samples have none, or one at the edge
}

TEST(PoissonRegression, EstimateExistsIfAndOnlyIfCountsBoundIt) {
  using M = sim::PoissonRegression;
  EXPECT_EQ((found_in<M>({{0, 0}, {1, 0}, {2, 0}})), 0);               // no count
  EXPECT_EQ((found_in<M>({{0, 0}, {1, 0}, {2, 5}})), 0);               // counts at the largest x alone
  EXPECT_EQ((found_in<M>({{0, 5}, {0, 2}, {2, 0}})), 0);               // at the smallest alone
  EXPECT_EQ((found_in<M>({{1, 5}, {1, 2}, {1, 0}})), 0);               // one value of x
  EXPECT_EQ((found_in<M>({{0, 0}, {1, 5}, {2, 0}})), sim::all_lanes);  // strictly inside
  EXPECT_EQ((found_in<M>({{0, 1}, {1, 0}, {2, 5}})), sim::all_lanes);  // at two values
}

TEST(PoissonRegression, BiasTimesNApproachesItsFirstTerm) {
  Theta2 const theta = {0.5, 0.4};
  double const n = 100;
  auto const first = sim::PoissonRegression{}.first_order_bias({theta[0], theta[1]});
  auto const [mean, error] = mean_estimate<sim::PoissonRegression>(theta, 100, 5000);
  // The next term is of order 1/n.
  for (std::size_t a = 0; a < 2; ++a) EXPECT_NEAR(n * (mean[a] - theta[a]), first[a][0], n * 5 * error[a] + 2.0 / n);
}

}  // namespace
}  // namespace fisherlab::test

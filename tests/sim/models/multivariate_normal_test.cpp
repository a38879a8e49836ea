#include "sim/models/multivariate_normal.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "tests/support/model_laws.hpp"
#include "tests/support/normal_grid.hpp"

namespace fisherlab::test {
namespace {

using boost::math::normal_distribution;
using sim::Lanes;

/// The law of x_2 given x_1, and of x_3 given both, in the textbook form with correlations.
normal_distribution<> second_given_first(sim::Theta<double, 5> const& t, double x) {
  double const slope = t[3] / t[2];
  return {t[1] + slope * (x - t[0]), std::sqrt(t[4] - slope * t[3])};
}
normal_distribution<> third_given_both(sim::Theta<double, 9> const& t, double const* x) {
  double const a = t[3], b = t[4], c = t[5], f = t[6], g = t[7], h = t[8], det = a * c - b * b;
  double const first = (f * c - g * b) / det, second = (g * a - f * b) / det;
  return {t[2] + first * (x[0] - t[0]) + second * (x[1] - t[1]), std::sqrt(h - first * f - second * g)};
}
sim::Theta<double, 5> first_two(sim::Theta<double, 9> const& t) { return {t[0], t[1], t[3], t[4], t[5]}; }

ReferenceLaw plane(sim::Theta<double, 5> const& t) {
  auto second = continuous(normal_distribution<>(t[1], std::sqrt(t[4])), Axis::Kind::line, 1);
  second.cdf = [t](double const* x) { return cdf(second_given_first(t, x[0]), x[1]); };
  return {{continuous(normal_distribution<>(t[0], std::sqrt(t[2])), Axis::Kind::line), second}};
}
ReferenceLaw space(sim::Theta<double, 9> const& t) {
  auto const two = plane(first_two(t));
  auto third = continuous(normal_distribution<>(t[2], std::sqrt(t[8])), Axis::Kind::line, 2);
  third.cdf = [t](double const* x) { return cdf(third_given_both(t, x), x[2]); };
  return {{two.coordinates[0], two.coordinates[1], third}};
}

std::vector<sim::Theta<double, 5>> const planes = {
    {1.0, -2.0, 4.0, 1.5, 1.0}, {0.0, 30.0, 0.01, -0.5, 100.0}, {-5.0, 1e3, 1.0, 0.9, 1.0}};
/// And one so narrow that quadrature along the axes misses it.
sim::Theta<double, 5> const ridge = {-5.0, 1e3, 1.0, 0.999, 1.0};
std::vector<sim::Theta<double, 9>> const spaces = {{1.0, -2.0, 0.5, 4.0, 1.5, 1.0, -0.3, 0.2, 2.0},
                                                   {0.0, 30.0, -7.0, 0.01, -0.5, 100.0, 0.02, 1.0, 0.25},
                                                   {3.0, 1e3, 0.0, 1.0, 0.99, 1.0, 0.9, 0.88, 1.0}};

TEST(MultivariateNormal, ObeysTheModelLawsInThePlane) {
  expect_model_laws(sim::MultivariateNormal<2>{}, planes, plane);
}
TEST(MultivariateNormal, ObeysTheModelLawsInSpace) { expect_model_laws(sim::MultivariateNormal<3>{}, spaces, space); }

TEST(MultivariateNormal, HasTheDensityOfItsConditionalLaws) {
  auto const expect_density = [](double value, double exact) {
    EXPECT_NEAR(value, exact, 1e-10 * (1 + std::abs(exact)));
  };
  auto const of_two = [](sim::Theta<double, 5> const& t, double const* x) {
    return log_density(normal_distribution<>(t[0], std::sqrt(t[2])), x[0]) +
           log_density(second_given_first(t, x[0]), x[1]);
  };
  for (auto const& t : {planes[0], planes[1], ridge})
    for (auto const& x : grid_of(plane(t)))
      expect_density(sim::MultivariateNormal<2>{}.log_density(laws::array_at<2>(x.data()), t), of_two(t, x.data()));
  for (auto const& t : spaces)
    for (auto const& x : grid_of(space(t)))
      expect_density(sim::MultivariateNormal<3>{}.log_density(laws::array_at<3>(x.data()), t),
                     of_two(first_two(t), x.data()) + log_density(third_given_both(t, x.data()), x[2]));
}

TEST(MultivariateNormal, HasTheStatedInformation) {
  auto const two = [](sim::Theta<double, 5> const& t, double first, double second) {
    double const x = t[0] + std::sqrt(t[2]) * first;
    auto const law = second_given_first(t, x);
    return std::array{x, law.mean() + law.standard_deviation() * second};
  };
  for (auto const& t : {planes[0], planes[1], ridge})
    expect_information(sim::MultivariateNormal<2>{}, t,
                       [&](std::array<double, 2> const& z) { return two(t, z[0], z[1]); });
  for (auto const& t : spaces)
    expect_information(sim::MultivariateNormal<3>{}, t, [&](std::array<double, 3> const& z) {
      auto const x = two(first_two(t), z[0], z[1]);
      auto const law = third_given_both(t, x.data());
      return std::array{x[0], x[1], law.mean() + law.standard_deviation() * z[2]};
    });
}

TEST(MultivariateNormal, RefusesACovarianceThatIsNotPositiveDefinite) {
  sim::MultivariateNormal<2> const model;
  EXPECT_TRUE(model.in_space({0, 0, 1, 0.999, 1}));
  EXPECT_FALSE(model.in_space({0, 0, 1, 1, 1}));
  EXPECT_FALSE(model.in_space({0, 0, 1, -1.1, 1}));
  EXPECT_FALSE(model.in_space({0, 0, 0, 0, 1}));
  EXPECT_FALSE(model.in_space({0, std::nan(""), 1, 0, 1}));
  EXPECT_FALSE(sim::MultivariateNormal<3>{}.in_space({0, 0, 0, 1, 0.9, 1, -0.9, 0.9, 1}));  // each pair would be
}

TEST(MultivariateNormal, NamesItsParametersRowByRow) {
  EXPECT_EQ(sim::MultivariateNormal<2>::card().name, "multivariate_normal");
  EXPECT_EQ(sim::MultivariateNormal<3>::card().name, "multivariate_normal_3");
  EXPECT_EQ(sim::MultivariateNormal<3>::card().parameters,
            (std::vector<std::string>{"mean_1", "mean_2", "mean_3", "cov_11", "cov_21", "cov_22", "cov_31", "cov_32",
                                      "cov_33"}));
}

/// At the estimate the score is 0 in units of its standard deviation, and the Hessian is -n times the information
/// there, to rounding.
template <std::size_t d>
void expect_solved(sim::Theta<double, d + sim::packed_size(d)> const& theta) {
  using M = sim::MultivariateNormal<d>;
  constexpr std::size_t p = M::parameter_count;
  auto const model = catalogued(M{});
  sim::Sample sample(d + 5, d);
  for (std::uint64_t batch = 0; batch < 10; ++batch) {
    model->draw(theta, {.seed = 5, .scenario = 9, .replicate = 8 * batch}, sample);
    std::array<Lanes, p> t, score;
    std::array<Lanes, sim::packed_size(p)> hessian, information;
    EXPECT_EQ(model->offers().fit(sample, t.data()), sim::all_lanes);
    model->derivatives(sample, t.data(), score.data(), hessian.data());
    model->information(t.data(), information.data());
    auto const n = static_cast<double>(sample.n());
    for (int lane = 0; lane < sim::lane_count; ++lane)
      for (std::size_t a = 0; a < p; ++a) {
        double const unit = std::sqrt(n * information[sim::packed_index(a, a)][lane]);
        EXPECT_NEAR(score[a][lane] / unit, 0, 1e-8);
        for (std::size_t b = 0; b <= a; ++b) {
          std::size_t const k = sim::packed_index(a, b);
          double const scale = unit * std::sqrt(n * information[sim::packed_index(b, b)][lane]);
          EXPECT_NEAR(hessian[k][lane] / scale, -n * information[k][lane] / scale, 1e-8) << a << b;
        }
      }
  }
}

TEST(MultivariateNormal, SolvesTheLikelihoodEquations) {
  for (auto const& t : {planes[0], planes[1], ridge}) expect_solved<2>(t);
  for (auto const& t : spaces) expect_solved<3>(t);
}

TEST(MultivariateNormal, HasNoEstimateFromTooFewOrDegenerateSamples) {
  sim::MultivariateNormal<2> const model;
  sim::Theta<Lanes, 5> t;
  sim::Sample few(2, 2), line(6, 2), constant(6, 2);
  for (std::int64_t i = 0; i < 6; ++i) {
    auto const x = static_cast<double>(i);
    if (i < 2) few(i, 0) = x, few(i, 1) = 1.0 - x * x;
    line(i, 0) = 0.1 * x, line(i, 1) = 0.3 * x + 7.0;
    constant(i, 0) = x, constant(i, 1) = 0.1;
  }
  EXPECT_EQ(model.fit(few, t), 0);
  EXPECT_EQ(model.fit(line, t), 0);
  EXPECT_EQ(model.fit(constant, t), 0);
}

/// Exact means of both estimates at n = 3: they are of degree 2 in the six standard normal numbers of a sample.
TEST(MultivariateNormal, HasTheStatedMeanOfItsEstimates) {
  sim::MultivariateNormal<2> const model;
  for (auto const& theta : planes) {
    std::array<double, 5> mle{}, best{};
    over_normal_grid<6>([&](std::array<double, 6> const& z, double weight) {
      sim::Sample sample(3, 2);
      for (std::size_t i = 0; i < 3; ++i) {
        double const x = theta[0] + std::sqrt(theta[2]) * z[2 * i];
        auto const second = second_given_first(theta, x);
        sample(static_cast<std::int64_t>(i), 0) = x;
        sample(static_cast<std::int64_t>(i), 1) = second.mean() + second.standard_deviation() * z[2 * i + 1];
      }
      sim::Theta<Lanes, 5> t;
      model.fit(sample, t);
      for (std::size_t a = 0; a < 5; ++a) mle[a] += weight * t[a][0];
      model.best_unbiased(sample, t);
      for (std::size_t a = 0; a < 5; ++a) best[a] += weight * t[a][0];
    });
    auto const exact = model.mean_of_estimate(theta, 3.0);
    for (std::size_t a = 0; a < 5; ++a) {
      double const scale = std::sqrt(theta[2] + theta[4]) + std::abs(theta[a]);
      EXPECT_NEAR(mle[a], exact[a], 1e-11 * scale * scale) << a;
      EXPECT_NEAR(best[a], theta[a], 1e-11 * scale * scale) << a;
      EXPECT_NEAR(model.first_order_bias({theta[0], theta[1], theta[2], theta[3], theta[4]})[a][0],
                  3 * (exact[a] - theta[a]), 1e-12 * scale);
    }
  }
}

}  // namespace
}  // namespace fisherlab::test

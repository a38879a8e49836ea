#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/bernoulli.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <vector>

#include "sim/math/cholesky.hpp"
#include "sim/models/categorical.hpp"
#include "sim/models/normal_vector.hpp"
#include "tests/support/model_laws.hpp"
#include "tests/support/normal_grid.hpp"

namespace fisherlab::test {
namespace {

using boost::math::normal_distribution;
using sim::Lanes;

/// Coordinate d of a one-hot observation: 0 after a 1, else a Bernoulli trial among the categories left.
Coordinate category(std::array<double, 3> const& p, std::size_t d) {
  double left = 1;
  for (std::size_t k = 0; k < d; ++k) left -= p[k];
  auto const chance = [=](double const* x) {
    for (std::size_t k = 0; k < d; ++k)
      if (x[k] == 1) return 0.0;
    return p[d] / left;
  };
  auto coordinate = counts(boost::math::bernoulli_distribution<>(p[d]), 1, d);
  coordinate.cdf = [=](double const* x) { return x[d] == 1 ? 1.0 : 1 - chance(x); };
  coordinate.below = [=](double const* x) { return x[d] == 1 ? 1 - chance(x) : 0.0; };
  return coordinate;
}

TEST(Categorical, ObeysTheModelLaws) {
  expect_model_laws(sim::Categorical{},
                    {{0.2, 0.3, 0.4}, {0.25, 0.25, 0.25}, {0.9, 0.05, 0.01}, {1e-3, 1e-3, 1e-3}, {0.3, 0.3, 0.399}},
                    [](sim::Theta<double, 3> const& t) {
                      return ReferenceLaw{{category(t, 0), category(t, 1), category(t, 2)}};
                    });
}

/// Three observations, none of them in the second category and, in the second sample, none in the fourth.
TEST(Categorical, EstimatesSharesThatMayBeZero) {
  sim::Categorical const model;
  for (bool const has_fourth : {true, false}) {
    sim::Sample sample(3, 3);
    for (std::int64_t i = 0; i < 3; ++i)
      for (int d = 0; d < 3; ++d) sample(i, d) = 0.0;
    sample(0, 0) = 1.0;
    sample(1, 2) = 1.0;
    if (!has_fourth) sample(2, 2) = 1.0;
    sim::Theta<Lanes, 3> t, score;
    sim::Symmetric<Lanes, 3> hessian;
    EXPECT_EQ(model.fit(sample, t), sim::all_lanes);
    EXPECT_EQ(t[0][0], 1.0 / 3);
    EXPECT_EQ(t[1][0], 0.0);
    double const third = has_fourth ? 1.0 / 3 : 2.0 / 3;
    EXPECT_EQ(t[2][0], third);
    double const log_likelihood = std::log(1.0 / 3) + std::log(third) + std::log(third);
    EXPECT_NEAR(model.sums(sample, t, score, hessian)[0], log_likelihood, 1e-14);
    // The variances from the inverse of the information, by Cholesky as standard errors are: p (1 - p), and 0 for the
    // share 0, whose entry is infinite.
    auto factor = model.information(t);
    sim::factorise(factor.data(), 3);
    for (std::size_t k = 0; k < 3; ++k) {
      std::array<Lanes, 3> column = {0.0, 0.0, 0.0};
      column[k] = 1.0;
      sim::solve_lower(factor.data(), 3, column.data());
      double variance = 0;
      for (Lanes const& entry : column) variance += entry[0] * entry[0];
      EXPECT_NEAR(variance, t[k][0] * (1 - t[k][0]), 3e-8);
    }
  }
}

using Means = sim::Theta<double, 5>;

ReferenceLaw independent_normals(Means const& t, double sd) {
  ReferenceLaw law;
  for (std::size_t d = 0; d < 5; ++d)
    law.coordinates.push_back(continuous(normal_distribution<>(t[d], sd), Axis::Kind::line, d));
  return law;
}

std::vector<Means> const means = {{1.0, -2.0, 0.5, 0.0, 3.0}, {0.0, 0.0, 0.0, 0.0, 0.0}, {1e3, -1e3, 5.0, 1e-3, 40.0}};

TEST(NormalVector, ObeysTheModelLaws) {
  sim::NormalVector const model{0.25};
  expect_model_laws(model, means, [](Means const& t) { return independent_normals(t, 0.25); });
}

TEST(NormalVector, HasTheDensityAndTheInformationOfIndependentNormals) {
  for (double const sd : {0.25, 3.0})
    for (auto const& t : means) {
      sim::NormalVector const model{sd};
      over_normal_grid<5>([&](Means const& z, double) {
        Means x;
        double exact = 0;
        for (std::size_t k = 0; k < 5; ++k) {
          x[k] = t[k] + 2.5 * sd * z[k];
          exact += log_density(normal_distribution<>(t[k], sd), x[k]);
        }
        EXPECT_NEAR(model.log_density(x, t), exact, 1e-12 * (1 + std::abs(exact)));
      });
      expect_information(model, t, [&](Means const& z) {
        Means x;
        for (std::size_t k = 0; k < 5; ++k) x[k] = t[k] + sd * z[k];
        return x;
      });
    }
}

/// Coordinates are independent: products of standardised deviations have mean 0 and variance 1, so 32,768 of them a
/// mean within 6/sqrt(32,768) but for a probability of 2e-9 each. The estimate is the vector of means.
TEST(NormalVector, DrawsIndependentCoordinatesAndEstimatesTheirMeans) {
  auto const model = catalogued(sim::NormalVector{2.0});
  Means const t = means[0];
  std::int64_t const n = 4096;
  sim::Sample sample(n, 5);
  model->draw(t, {.seed = 8, .scenario = 9, .replicate = 0}, sample);
  std::array<Lanes, 5> estimate;
  EXPECT_EQ(model->offers().fit(sample, estimate.data()), sim::all_lanes);
  for (int a = 0; a < 5; ++a)
    for (int b = 0; b < 5; ++b) {
      double products = 0;
      for (int lane = 0; lane < sim::lane_count; ++lane) {
        double sum = 0;
        for (std::int64_t i = 0; i < n; ++i) {
          double const x = sample(i, a)[lane];
          sum += x;
          products += (x - t[static_cast<std::size_t>(a)]) * (sample(i, b)[lane] - t[static_cast<std::size_t>(b)]) / 4;
        }
        EXPECT_NEAR(estimate[static_cast<std::size_t>(a)][lane], sum / static_cast<double>(n), 1e-13 * std::abs(sum));
      }
      double const total = static_cast<double>(sim::lane_count) * static_cast<double>(n);
      EXPECT_NEAR(products / total, a == b ? 1 : 0, (a == b ? 6 * std::sqrt(2.0) : 6) / std::sqrt(total)) << a << b;
    }
}

}  // namespace
}  // namespace fisherlab::test

#include "sim/models/normal_vector.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <vector>

#include "sim/math/cholesky.hpp"
#include "tests/support/model_laws.hpp"
#include "tests/support/normal_grid.hpp"

namespace fisherlab::test {
namespace {

using boost::math::normal_distribution;
using sim::Lanes;

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

#include "sim/models/half_line_normal.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/quadrature/expectation.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

using sim::Lanes;
using sim::Sample;
using Theta1 = sim::Theta<double, 1>;
using Theta2 = sim::Theta<double, 2>;

ReferenceLaw normal_law(double mean, double sd) {
  return {{continuous(boost::math::normal_distribution<>(mean, sd), Axis::Kind::line)}};
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

}  // namespace
}  // namespace fisherlab::test

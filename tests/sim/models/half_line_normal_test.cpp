#include "sim/models/half_line_normal.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/quadrature/expectation.hpp"
#include "tests/sim/models/reference_laws.hpp"
#include "tests/support/averages.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

using sim::Lanes;
using sim::Sample;
using Theta1 = sim::Theta<double, 1>;

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

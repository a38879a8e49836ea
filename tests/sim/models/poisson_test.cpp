#include "sim/models/poisson.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/poisson.hpp>
#include <cmath>
#include <limits>

#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

TEST(Poisson, ObeysTheModelLaws) {
  expect_model_laws(sim::Poisson{}, {{0.01}, {0.61}, {4.0}, {29.9}, {30.0}, {30.1}, {1e3}, {1e5}},
                    [](sim::Theta<double, 1> const& theta) {
                      double const last = theta[0] + 40 * std::sqrt(theta[0]) + 60;
                      return ReferenceLaw{{counts(boost::math::poisson_distribution<>(theta[0]), last)}};
                    });
}

TEST(Poisson, HasALogLikelihoodOnItsEdge) {
  sim::Poisson const model;
  EXPECT_EQ(model.log_density(0.0, {0.0}), 0.0);
  EXPECT_EQ(model.log_density(2.0, {0.0}), -std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace fisherlab::test

#include "sim/models/bernoulli.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/bernoulli.hpp>
#include <cmath>
#include <limits>

#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

TEST(Bernoulli, ObeysTheModelLaws) {
  expect_model_laws(sim::Bernoulli{}, {{0.3}, {0.85}, {1e-3}, {1 - 1e-3}}, [](sim::Theta<double, 1> const& theta) {
    return ReferenceLaw{{counts(boost::math::bernoulli_distribution<>(theta[0]), 1)}};
  });
}

TEST(Bernoulli, HasALogLikelihoodOnItsEdge) {
  sim::Bernoulli const model;
  EXPECT_EQ(model.log_density(0.0, {0.0}), 0.0);
  EXPECT_EQ(model.log_density(1.0, {1.0}), 0.0);
  EXPECT_EQ(model.log_density(1.0, {0.0}), -std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace fisherlab::test

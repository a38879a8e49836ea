#include "sim/models/logistic.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/logistic.hpp>

#include "tests/sim/models/reference_laws.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

TEST(Logistic, ObeysTheModelLaws) {
  expect_model_laws(sim::Logistic{}, location_scale_points(), location_scale<boost::math::logistic_distribution<>>);
}

}  // namespace
}  // namespace fisherlab::test

#include "sim/models/normal.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>

#include "tests/sim/models/reference_laws.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

TEST(Normal, ObeysTheModelLaws) {
  expect_model_laws(sim::Normal{}, location_scale_points(), location_scale<boost::math::normal_distribution<>>);
}

}  // namespace
}  // namespace fisherlab::test

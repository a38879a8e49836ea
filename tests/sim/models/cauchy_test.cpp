#include "sim/models/cauchy.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/cauchy.hpp>

#include "tests/sim/models/reference_laws.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

TEST(Cauchy, ObeysTheModelLaws) {
  expect_model_laws(sim::Cauchy{}, location_scale_points(), location_scale<boost::math::cauchy_distribution<>>);
}

}  // namespace
}  // namespace fisherlab::test

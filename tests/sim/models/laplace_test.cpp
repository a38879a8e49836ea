#include "sim/models/laplace.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/laplace.hpp>

#include "tests/sim/models/reference_laws.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

TEST(Laplace, ObeysTheModelLaws) {
  expect_model_laws(sim::Laplace{}, location_scale_points(), location_scale<boost::math::laplace_distribution<>>);
}

TEST(Laplace, BreaksTheInformationEqualityAlone) {
  sim::Theta<double, 2> const theta = {2.0, 3.0};
  auto const reference = location_scale<boost::math::laplace_distribution<>>(theta);
  EXPECT_EQ(broken(shipped(sim::Laplace{}), theta, reference), std::vector{Law::hessians_give_information});
}

}  // namespace
}  // namespace fisherlab::test

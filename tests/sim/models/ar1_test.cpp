#include "sim/models/ar1.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>

#include "tests/sim/models/reference_laws.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

TEST(Ar1, ObeysTheLawsOfItsMargin) {
  for (double const correlation : {-0.9, 0.5, 0.99})
    expect_model_laws(sim::Ar1{{3.0}, correlation}, {{2.0}, {-5.0}, {1e6}}, [](sim::Theta<double, 1> const& theta) {
      auto law = location_scale<boost::math::normal_distribution<>>({theta[0], 3.0});
      law.independent = false;
      return law;
    });
}

}  // namespace
}  // namespace fisherlab::test

#include "sim/models/normal_mean.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>

#include "tests/sim/models/reference_laws.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

TEST(NormalMean, ObeysTheModelLaws) {
  for (double const sd : {0.25, 3.0, 1e4})
    expect_model_laws(sim::NormalMean{sd}, {{2.0}, {-5.0}, {1e6}}, [sd](sim::Theta<double, 1> const& theta) {
      return location_scale<boost::math::normal_distribution<>>({theta[0], sd});
    });
}

}  // namespace
}  // namespace fisherlab::test

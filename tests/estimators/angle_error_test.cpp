#include <gtest/gtest.h>

#include <cmath>

#include "estimators/error.hpp"
#include "estimators/mle.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab {
namespace {

TEST(Unwrapped, TakesTheShorterWayRoundTheCircle) {
  auto const apart = [](double value, double near) {
    return sim::unwrapped(sim::Domain::angle, sim::Lanes(value), sim::Lanes(near))[0] - near;
  };
  EXPECT_NEAR(apart(3.1, -3.1), -(2 * M_PI - 6.2), 1e-14);
  EXPECT_NEAR(apart(-3.1, 3.1), 2 * M_PI - 6.2, 1e-14);
  EXPECT_NEAR(apart(0.1, 13 * M_PI), 0.1 - M_PI, 1e-13);
  EXPECT_EQ(apart(1.25, 0.5), 0.75);  // no bit changes where nothing is to be turned
  for (auto const domain : {sim::Domain::real, sim::Domain::positive, sim::Domain::unit})
    EXPECT_EQ(sim::unwrapped(domain, sim::Lanes(9.0), sim::Lanes(1.0))[0], 9.0);
}

TEST(EstimationError, OfADirectionIsRoundTheCircle) {
  auto const mle = estimators::make_mle(sim::make_model("von_mises", {}));
  estimators::EstimationError const error(*mle, {3.0, 2.0});
  estimators::Estimates estimates;
  estimates.value = {sim::Lanes(-3.0), sim::Lanes(9.0)};
  EXPECT_NEAR(error(estimates, 0)[0], 2 * M_PI - 6.0, 1e-14);
  EXPECT_EQ(error(estimates, 1)[0], 7.0);
}

}  // namespace
}  // namespace fisherlab

#include "testing/own_model.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/rayleigh.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "sim/models/gamma.hpp"
#include "sim/models/rayleigh.hpp"
#include "tests/support/model_laws.hpp"

// The rig as a program outside uses it: no catalogue, no Boost.Math, derivatives by the dual numbers of sim/autodiff.
namespace fisherlab::test {
namespace {

/// Its score is one percent off.
struct RayleighWithWrongScore : sim::Rayleigh {
  template <class Real>
  sim::Theta<Real, 1> score(Real const& x, sim::Theta<Real, 1> const& t) const {
    return {1.01 * sim::Rayleigh::score(x, t)[0]};
  }
};

ReferenceLaw rayleigh(double scale) {
  return {{continuous(boost::math::rayleigh_distribution<>(scale), Axis::Kind::positive)}};
}

TEST(OwnModel, ObeysTheLawsByDualNumbersToo) {
  for (double const scale : {0.05, 2.0})
    EXPECT_EQ(laws::names_of(laws::broken_laws(sim::Rayleigh{}, std::vector{scale}, rayleigh(scale))),
              std::vector<Law>())
        << scale;
}

TEST(OwnModel, IsFoundWithARayleighWithWrongScore) {
  auto const names = laws::names_of(laws::broken_laws(RayleighWithWrongScore{}, std::vector{2.0}, rayleigh(2.0)));
  EXPECT_EQ(names, (std::vector{Law::score_is_derivative, Law::scores_give_information, Law::lanes_equal_scalars}));
}

TEST(OwnModel, IsDifferentiatedAsByBoost) {
  sim::Gamma const model;
  auto const ours = laws::formulas_of(model), boosts = formulas_by_boost(model);
  double const theta[] = {2.5, 1.3}, direction[] = {0.7, -0.4};
  for (double const x : {1e-3, 0.4, 2.0, 30.0}) {
    auto const slope = ours.slope(&x, theta, direction), exact = boosts.slope(&x, theta, direction);
    EXPECT_NEAR(slope.first, exact.first, 1e-12 * (1 + std::abs(exact.first))) << x;
    EXPECT_NEAR(slope.second, exact.second, 1e-12 * (1 + std::abs(exact.second))) << x;
  }
}

std::string refusal(std::vector<double> const& theta, ReferenceLaw const& law) {
  try {
    laws::broken_laws(sim::Rayleigh{}, theta, law);
  } catch (InputError const& error) {
    return error.what();
  }
  return {};
}

TEST(OwnModel, IsRefusedOutsideItsSpaceAndAgainstALawOfAnotherDimension) {
  EXPECT_EQ(refusal({-1.0}, rayleigh(1.0)), "theta is outside the space of rayleigh, test it where it is defined");
  auto two = rayleigh(1.0);
  two.coordinates.push_back(two.coordinates[0]);
  EXPECT_EQ(refusal({1.0}, two),
            "the reference law of rayleigh has 2 coordinates, give one for each of the observation's 1");
}

}  // namespace
}  // namespace fisherlab::test

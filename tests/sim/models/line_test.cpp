#include <gtest/gtest.h>

#include <boost/math/distributions/cauchy.hpp>
#include <boost/math/distributions/laplace.hpp>
#include <boost/math/distributions/logistic.hpp>
#include <boost/math/distributions/normal.hpp>

#include "sim/models/ar1.hpp"
#include "sim/models/cauchy.hpp"
#include "sim/models/laplace.hpp"
#include "sim/models/logistic.hpp"
#include "sim/models/normal.hpp"
#include "sim/models/normal_mean.hpp"
#include "tests/support/model_laws.hpp"

namespace fisherlab::test {
namespace {

/// A location-scale law of Boost.Math at theta = (location, scale).
template <class Distribution>
ReferenceLaw location_scale(sim::Theta<double, 2> const& theta) {
  return {{continuous(Distribution(theta[0], theta[1]), Axis::Kind::line)}};
}

std::vector<sim::Theta<double, 2>> const location_scale_points = {{2.0, 3.0}, {-5.0, 0.25}, {0.7, 1e4}, {1e6, 0.5}};

TEST(Normal, ObeysTheModelLaws) {
  expect_model_laws(sim::Normal{}, location_scale_points, location_scale<boost::math::normal_distribution<>>);
}

TEST(Logistic, ObeysTheModelLaws) {
  expect_model_laws(sim::Logistic{}, location_scale_points, location_scale<boost::math::logistic_distribution<>>);
}

TEST(Cauchy, ObeysTheModelLaws) {
  expect_model_laws(sim::Cauchy{}, location_scale_points, location_scale<boost::math::cauchy_distribution<>>);
}

TEST(Laplace, ObeysTheModelLaws) {
  expect_model_laws(sim::Laplace{}, location_scale_points, location_scale<boost::math::laplace_distribution<>>);
}

TEST(Laplace, BreaksTheInformationEqualityAlone) {
  sim::Theta<double, 2> const theta = {2.0, 3.0};
  auto const reference = location_scale<boost::math::laplace_distribution<>>(theta);
  EXPECT_EQ(broken(shipped(sim::Laplace{}), theta, reference), std::vector{Law::hessians_give_information});
}

TEST(NormalMean, ObeysTheModelLaws) {
  for (double const sd : {0.25, 3.0, 1e4})
    expect_model_laws(sim::NormalMean{sd}, {{2.0}, {-5.0}, {1e6}}, [sd](sim::Theta<double, 1> const& theta) {
      return location_scale<boost::math::normal_distribution<>>({theta[0], sd});
    });
}

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

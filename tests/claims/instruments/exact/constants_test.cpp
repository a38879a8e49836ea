#include "claims/instruments/exact/constants.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::claims {
namespace {

Setting setting_of(std::string const& model, std::vector<double> const& theta,
                   std::vector<double> const& constants = {}) {
  Law const law{sim::make_model(model, constants), theta};
  return {law, law, {}};
}

Eigen::VectorXd one() { return Eigen::VectorXd::Ones(1); }

TEST(Constants, SeeRareEventsThatNoSampleShows) {
  for (std::string const model : {"bernoulli", "poisson"}) {
    auto const constants = constants_of(setting_of(model, {1e-6}), 1);
    EXPECT_FALSE(constants.score(one())) << model;
    EXPECT_FALSE(constants.outer(one())) << model;
    EXPECT_FALSE(constants.hessian(one())) << model;
  }
  EXPECT_FALSE(constant_curvature(setting_of("poisson", {1e-6}), 1)(one()));
  EXPECT_TRUE(constant_curvature(setting_of("bernoulli", {1e-6}), 1)(one()));  // 0 for both values
}

TEST(Constants, KnowHessiansThatDoNotDependOnTheData) {
  EXPECT_TRUE(constants_of(setting_of("exponential", {0.4}), 10).hessian(one()));
  EXPECT_TRUE(constants_of(setting_of("normal_mean", {2}, {3}), 10).hessian(one()));
  EXPECT_FALSE(constants_of(setting_of("normal_mean", {2}, {3}), 10).score(one()));
  auto const normal = constants_of(setting_of("normal", {2, 3}), 10);
  EXPECT_TRUE(normal.hessian(Eigen::VectorXd::Unit(2, 0)));
  EXPECT_FALSE(normal.hessian(Eigen::VectorXd::Unit(2, 1)));
  EXPECT_FALSE(normal.hessian(Eigen::VectorXd::Ones(2)));
}

TEST(Constants, KnowModelsOutsideTheHypotheses) {
  auto const uniform = constants_of(setting_of("uniform", {2}), 10);
  EXPECT_TRUE(uniform.score(one()));
  auto const laplace = constants_of(setting_of("laplace", {1, 2}), 3);
  auto const location = Eigen::VectorXd::Unit(2, 0);
  EXPECT_TRUE(laplace.outer(location));
  EXPECT_TRUE(laplace.hessian(location));
  EXPECT_TRUE(constant_curvature(setting_of("laplace", {1, 2}), 3)(location));
  EXPECT_FALSE(laplace.score(location));
}

/// A point far out in a tail has terms of 1e98; what is rounding there says nothing of the other points.
TEST(Constants, AreNotTakenFromTheRoundingOfOneFarPoint) {
  Eigen::VectorXd const u = Eigen::VectorXd::Unit(2, 0);
  auto const weibull = constants_of(setting_of("weibull", {32.5, 0.006}), 3);
  EXPECT_FALSE(weibull.score(u));
  EXPECT_FALSE(weibull.outer(u));
  EXPECT_FALSE(weibull.hessian(u));
  EXPECT_FALSE(weibull.difference(u));
}

}  // namespace
}  // namespace fisherlab::claims

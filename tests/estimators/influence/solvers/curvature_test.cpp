#include "estimators/influence/solvers/curvature.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/hash.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::estimators::influence::detail {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

Vector normals(Eigen::Index size, sim::ScalarStream& stream) {
  Vector x(size);
  for (double& value : x) value = stream.normal();
  return x;
}

Matrix diagonal(std::initializer_list<double> values) {
  return Eigen::Map<Vector const>(values.begin(), static_cast<Eigen::Index>(values.size())).asDiagonal();
}

TEST(Curvature, CallsAnEigenvalueOfRoundingFlat) {
  Curvature const flat(diagonal({1, 1e-17}));  // Cholesky takes it
  EXPECT_FALSE(flat.positive_definite());
  EXPECT_FALSE(flat.indefinite());
  EXPECT_TRUE(Curvature(diagonal({1, 1e-13})).positive_definite());
  EXPECT_TRUE(Curvature(diagonal({1, -1e-13})).indefinite());
  EXPECT_DOUBLE_EQ(Curvature(diagonal({2, 3})).smallest_eigenvalue(), 2);
}

TEST(Curvature, LeavesFlatDirectionsThatTheGradientDoesNotSee) {
  Vector const step = Curvature(diagonal({4, 0})).step(Vector::Unit(2, 0), 10);
  EXPECT_LT((step - Vector::Unit(2, 0) * -0.25).norm(), 1e-15);
}

/// No point of a ball beats the exact step, by 4,000 random ones on and in it.
TEST(Curvature, FindsTheLowestPointOfABallWhereTheHessianIsIndefinite) {
  sim::ScalarStream stream({.seed = 1, .scenario = stable_hash("curvature test"), .replicate = 0});
  int checked = 0;
  for (int trial = 0; trial < 20; ++trial) {
    Matrix h(4, 4);
    for (auto column : h.colwise()) column = normals(4, stream);
    h = (h + h.transpose()).eval();
    Curvature const curvature(h);
    if (!curvature.indefinite()) continue;
    Vector const g = normals(4, stream);
    for (double const radius : {0.01, 1.0, 30.0}) {
      Vector const step = curvature.step(g, radius);
      EXPECT_NEAR(step.norm(), radius, 1e-9 * radius);
      double const gain = curvature.gain(g, step);
      for (int k = 0; k < 4000; ++k) {
        Vector const other = normals(4, stream).normalized() * radius * (k % 2 == 0 ? 1 : stream.open_uniform());
        ASSERT_LE(curvature.gain(g, other), gain * (1 + 1e-9));
      }
      ++checked;
    }
  }
  EXPECT_GT(checked, 30);
}

TEST(Curvature, LeavesASaddleThatTheGradientDoesNotSee) {
  Curvature const curvature(diagonal({-1, 2, 3}));
  Vector const step = curvature.step(Vector::Unit(3, 1), 2);
  EXPECT_NEAR(step.norm(), 2, 1e-14);
  EXPECT_NEAR(step[1], -1 / (2.0 + 1), 1e-14);  // (H + 1) s = -g, the rest along the negative curvature
  EXPECT_NEAR(std::abs(Curvature(diagonal({-1, 2, 3})).step(Vector::Zero(3), 2)[0]), 2, 1e-14);
}

TEST(Curvature, GoesFromSteepestDescentToNewtonAsTheRadiusGrows) {
  Curvature const curvature(diagonal({1, 10, 100}));
  Vector const g = Vector::Ones(3), newton = -(Vector(3) << 1, 0.1, 0.01).finished();
  EXPECT_LT((curvature.step(g, infinity) - newton).norm(), 1e-15);
  EXPECT_LT((curvature.step(g, 1e-3) + g.normalized() * 1e-3).norm(), 1e-15);
  double before = 0;
  for (double const radius : {0.01, 0.03, 0.1, 0.3, 0.9, 1.0, 2.0}) {
    Vector const step = curvature.step(g, radius);
    EXPECT_LE(step.norm(), radius * (1 + 1e-12));
    EXPECT_GE(curvature.gain(g, step), before);
    before = curvature.gain(g, step);
  }
  EXPECT_NEAR(before, 0.5 * (1 + 0.1 + 0.01), 1e-15);
}

}  // namespace
}  // namespace fisherlab::estimators::influence::detail

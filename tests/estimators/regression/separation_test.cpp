#include "estimators/regression/separation.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/random/stream.hpp"

namespace fisherlab::estimators {
namespace {

using Eigen::Index;

RegressionData separable_design(int n) {
  RegressionData data;
  data.x.resize(n, 3);
  for (int i = 0; i < n; ++i) data.x.row(i) << 1, std::sin(2.3 * i), std::cos(0.9 * i * i);
  data.y = data.offset = Eigen::VectorXd::Zero(n);
  data.weights = Eigen::VectorXd::Ones(n);
  return data;
}

TEST(Separation, IsFoundWherePlantedAndNowhereElse) {
  auto data = separable_design(40);
  RegressionDesign const design(data);
  Eigen::VectorXd const plane = data.x * Eigen::Vector3d(0.2, 1, -0.7);
  data.y = (plane.array() > 0).cast<double>();
  auto const found = find_separation(Family::logistic, design, data.y);
  ASSERT_TRUE(found.has_value());
  Eigen::VectorXd const z = data.x * found->direction;
  for (Index i = 0; i < 40; ++i) EXPECT_GE((2 * data.y[i] - 1) * z[i], -1e-6) << i;
  EXPECT_FALSE(fit_regression(Family::logistic, design, data.y).found);
  // One label within the other side ends it.
  Index deepest = 0;
  plane.maxCoeff(&deepest);
  data.y[deepest] = 0;
  EXPECT_FALSE(find_separation(Family::logistic, design, data.y).has_value());
  EXPECT_TRUE(fit_regression(Family::logistic, design, data.y).found);
}

/// The search and the fit agree on random labels, which are often nearly separated with so few rows.
TEST(Separation, AgreesWithTheFit) {
  auto data = separable_design(9);
  RegressionDesign const design(data);
  int separated = 0;
  for (int labels = 0; labels < 512; ++labels) {
    for (Index i = 0; i < 9; ++i) data.y[i] = labels >> i & 1;
    bool const is_separated = find_separation(Family::logistic, design, data.y).has_value();
    separated += is_separated;
    EXPECT_EQ(fit_regression(Family::logistic, design, data.y).found, !is_separated) << labels;
  }
  // Cover (1965): 9 points in general position are separated by 2 (1 + 8 + 28) planes through an intercept and two
  // inputs.
  EXPECT_EQ(separated, 74);
}

TEST(Separation, OfCountsIsByZeros) {
  auto data = separable_design(12);
  data.x.col(2).setZero();
  for (Index i = 0; i < 4; ++i) data.x(i, 2) = 1;
  RegressionDesign const design(data);
  for (Index i = 0; i < 12; ++i) data.y[i] = i < 4 ? 0.0 : 1.0 + static_cast<double>(i % 3);
  auto const found = find_separation(Family::poisson, design, data.y);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->rows, (std::vector<int>{0, 1, 2, 3}));
  data.y[2] = 1;
  EXPECT_FALSE(find_separation(Family::poisson, design, data.y).has_value());
}

}  // namespace
}  // namespace fisherlab::estimators

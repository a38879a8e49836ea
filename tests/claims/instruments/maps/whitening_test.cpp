#include "claims/instruments/maps/whitening.hpp"

#include <gtest/gtest.h>

#include <Eigen/Core>
#include <cmath>
#include <vector>

#include "claims/evidence/matrix.hpp"
#include "estimators/catalogue.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

Eigen::MatrixXd matrix(LaneMatrix const& a) {
  auto const order = static_cast<Eigen::Index>(a.order);
  Eigen::MatrixXd result(order, order);
  for (Eigen::Index i = 0; i < order; ++i)
    for (Eigen::Index j = 0; j < order; ++j) result(i, j) = a.entries[static_cast<std::size_t>(i * order + j)];
  return result;
}

Eigen::MatrixXd unpacked(std::vector<double> const& packed, Eigen::Index p) {
  Eigen::MatrixXd result(p, p);
  std::size_t k = 0;
  for (Eigen::Index i = 0; i < p; ++i)
    for (Eigen::Index j = 0; j <= i; ++j) result(i, j) = result(j, i) = packed[k++];
  return result;
}

// Normal: I = diag(1, 2)/sd^2, so I^-1/2 = diag(sd, sd/sqrt(2)).
TEST(Whitening, IsTheInverseRootOfADiagonalInformation) {
  auto const a = score_whitening(test::law("normal", {2, 3}));
  ASSERT_EQ(a.order, 2u);
  EXPECT_NEAR(a.entries[0], 3, 1e-15);
  EXPECT_EQ(a.entries[1], 0);
  EXPECT_EQ(a.entries[2], 0);
  EXPECT_NEAR(a.entries[3], 3 / std::sqrt(2.0), 1e-15);
}

TEST(Whitening, IsTheSymmetricRootWhereParametersAreCorrelated) {
  int checked = 0;
  for (auto const& law : {test::law("gamma", {2.5, 1.3}), test::law("gamma", {40, 0.01}),
                          test::law("weibull", {2.1, 81.9}), test::law("weibull", {12, 0.02})}) {
    Eigen::MatrixXd const a = matrix(score_whitening(law));
    Eigen::MatrixXd const information = unpacked(test::information_of(law), 2);
    EXPECT_NEAR(a(0, 1), a(1, 0), 1e-14 * a.norm());
    EXPECT_LT((a * information * a - Eigen::MatrixXd::Identity(2, 2)).norm(), 1e-9) << parameters_text(law);
    auto const identity = estimators::identity_target(law.theta);
    Eigen::MatrixXd const b = matrix(error_whitening(law, identity));
    EXPECT_LT((a * b - Eigen::MatrixXd::Identity(2, 2)).norm(), 1e-9) << parameters_text(law);
    ++checked;
  }
  EXPECT_EQ(checked, 4);
}

// Gamma, shape k and rate b: I = [psi'(k), -1/b; -1/b, k/b^2], so I^-1 = [k, b; b, b^2 psi'(k)]/(k psi'(k) - 1), with
// psi'(5/2) = pi^2/2 - 4 - 4/9.
TEST(Whitening, BoundsThetaByTheInverseInformation) {
  auto const law = test::law("gamma", {2.5, 1.3});
  double const pi = std::acos(-1.0);
  double const trigamma = pi * pi / 2 - 4 - 4.0 / 9;
  double const scale = 1 / (2.5 * trigamma - 1);
  auto const target = estimators::identity_target(law.theta);
  auto const bound = bound_matrix(law, target);
  ASSERT_EQ(bound.size(), 4u);
  EXPECT_NEAR(bound[0], 2.5 * scale, 1e-12);
  EXPECT_NEAR(bound[1], 1.3 * scale, 1e-12);
  EXPECT_NEAR(bound[2], 1.3 * scale, 1e-12);
  EXPECT_NEAR(bound[3], 1.69 * trigamma * scale, 1e-12);
  EXPECT_EQ(component_bound(law, target, 0), bound[0]);
  EXPECT_EQ(component_bound(law, target, 1), bound[3]);
}

// The mean k/b of a gamma law has gradient (1/b, -k/b^2), and its bound is the variance k/b^2, which x attains.
TEST(Whitening, BoundsAFunctionOfTheta) {
  auto const law = test::law("gamma", {2.5, 1.3});
  auto const target = estimators::make_estimator("sample_mean", law.model)->target(law.theta);
  EXPECT_NEAR(target.value[0], 2.5 / 1.3, 1e-15);
  EXPECT_NEAR(component_bound(law, target, 0), 2.5 / 1.69, 1e-13);
  auto const whitening = error_whitening(law, target);
  ASSERT_EQ(whitening.order, 1u);
  EXPECT_NEAR(whitening.entries[0], 1.3 / std::sqrt(2.5), 1e-14);
}

TEST(LaneMatrix, ActsOnVectorsAndOnSymmetricMatrices) {
  LaneMatrix const a{2, {2, -1, 0.5, 3}};
  std::vector<sim::Lanes> x = {1.0, 10.0};
  x[0].set(5, -4.0);
  std::vector<sim::Lanes> y(2);
  a.apply(x.data(), y.data());
  EXPECT_EQ(y[0][0], -8);
  EXPECT_EQ(y[1][0], 30.5);
  EXPECT_EQ(y[0][5], -18);
  EXPECT_EQ(y[1][5], 28);

  Eigen::MatrixXd symmetric(2, 2);
  symmetric << 4, 1.5, 1.5, 7;
  std::vector<sim::Lanes> const packed = {4.0, 1.5, 7.0};
  std::vector<sim::Lanes> out(3);
  a.congruent_iso_vech(packed.data(), out.data());
  Eigen::VectorXd const expected = iso_vech(matrix(a) * symmetric * matrix(a).transpose());
  for (int k = 0; k < 3; ++k) EXPECT_NEAR(out[static_cast<std::size_t>(k)][3], expected(k), 1e-13);

  EXPECT_EQ(a.scaled(-2).entries, (std::vector<double>{-4, 2, -1, -6}));
}

TEST(LaneMatrix, OrdersSquaresAsTheEvidenceReadsThem) {
  std::vector<sim::Lanes> const w = {2.0, -3.0, 5.0};
  std::vector<sim::Lanes> out(6);
  iso_vech_of_square(w.data(), 3, out.data());
  Eigen::Vector3d const v(2, -3, 5);
  Eigen::VectorXd const expected = iso_vech(v * v.transpose());
  for (int k = 0; k < 6; ++k) EXPECT_NEAR(out[static_cast<std::size_t>(k)][7], expected(k), 1e-14);
}

}  // namespace
}  // namespace fisherlab::claims

#include "estimators/influence/problems/risk.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/expects.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "tests/support/problem_data.hpp"

namespace fisherlab::estimators::influence {
namespace {

constexpr int n = 20;

/// Binary data, their risk with a penalty, and a point.
struct RiskTest : testing::Test {
  Data data = test::classified(n, 3, 2);
  AnyProblem problem = logistic_problem(data);
  double l2 = 0.3;
  Risk risk = mean_risk(problem, data, l2);
  Vector theta{{0.4, -1.0, 0.5, 2.0}};
};

/// R in one line each, as its definition has it.
double plain_mean(Data const& data, Vector const& theta) {
  double sum = 0;
  for (int i = 0; i < data.rows(); ++i) {
    double const eta = theta[0] + data.inputs.row(i).dot(theta.tail(3));
    sum += std::log1p(std::exp(eta)) - data.targets[i] * eta;
  }
  return sum / data.rows();
}

TEST_F(RiskTest, IsTheMeanLossAndHalfThePenalty) {
  EXPECT_NEAR(risk.value(theta), plain_mean(data, theta) + 0.5 * 0.3 * (1.0 + 0.25 + 4.0), 1e-14);
  Vector other = theta;
  other[0] = 3;  // the intercept is free of the penalty
  EXPECT_NEAR(risk.value(other), plain_mean(data, other) + 0.5 * 0.3 * 5.25, 1e-14);
}

TEST_F(RiskTest, HasTheDerivativesOfItsValue) {
  Vector const gradient = risk.gradient(theta), t{{1.0, -2.0, 0.5, 0.25}};
  Matrix const hessian = risk.hessian(theta);
  double const h = 1e-4;
  for (int j = 0; j < 4; ++j) {
    Vector const e = h * Vector::Unit(4, j);
    EXPECT_NEAR(gradient[j], (risk.value(theta + e) - risk.value(theta - e)) / (2 * h), 1e-8);
    Vector const column = (risk.gradient(theta + e) - risk.gradient(theta - e)) / (2 * h);
    EXPECT_LE((hessian.col(j) - column).norm(), 1e-8);
  }
  EXPECT_LE((risk.hessian_product(theta, t) - hessian * t).norm(), 1e-14);
}

TEST_F(RiskTest, WithoutRowsUnderTheMeanIsTheRiskOfTheOthers) {
  std::vector<int> const gone{3, 7, 19};
  std::vector<int> left;
  for (int i = 0; i < n; ++i)
    if (i != 3 && i != 7 && i != 19) left.push_back(i);
  Data const rest = rows_of(data, left);
  Risk const direct = mean_risk(problem, rest, l2), by_weights = without(risk, gone, Convention::mean);
  EXPECT_NEAR(by_weights.value(theta), direct.value(theta), 1e-15);
  EXPECT_LE((by_weights.gradient(theta) - direct.gradient(theta)).norm(), 1e-15);
  EXPECT_LE((by_weights.hessian(theta) - direct.hessian(theta)).norm(), 1e-15);
  // One after the other is the same as together.
  Risk const chained = without(without(risk, {3, 7}, Convention::mean), {19}, Convention::mean);
  EXPECT_LE((chained.weights - by_weights.weights).norm(), 1e-16);
}

TEST_F(RiskTest, WithoutRowsUnderTheTotalKeepsTheOtherWeightsAndThePenalty) {
  std::vector<int> const gone{3, 7};
  Risk const rest = without(risk, gone, Convention::total);
  Vector const losses = problem.losses(data, theta);
  EXPECT_NEAR(rest.value(theta), risk.value(theta) - (losses[3] + losses[7]) / n, 1e-15);
  EXPECT_EQ(rest.l2, l2);
}

TEST_F(RiskTest, RemovesAShareOfARow) {
  double const q = 0.25;
  Vector const mean = without(risk, {4, 5}, Convention::mean, q).weights;
  Vector const total = without(risk, {4, 5}, Convention::total, q).weights;
  EXPECT_NEAR(mean[0], 1 / (n - 2 * q), 1e-16);
  EXPECT_NEAR(mean[5], (1 - q) / (n - 2 * q), 1e-16);
  EXPECT_EQ(total[0], 1.0 / n);
  EXPECT_DOUBLE_EQ(total[5], (1 - q) / n);
  for (auto convention : {Convention::mean, Convention::total}) {
    EXPECT_EQ(without(risk, {}, convention).weights, risk.weights);
    EXPECT_LE((without(risk, {4}, convention, 0).weights - risk.weights).norm(), 1e-16);
  }
}

/// What the derivation of (6.20) needs: at a stationary point, the gradient of the risk with a share q removed is
/// -(q/n) c_k to first order in q. Away from one the mean convention adds (q/n) grad R.
TEST_F(RiskTest, RemovedGradientIsTheRateOfTheGradientAlongThePath) {
  double const q = 1e-6;
  for (auto convention : {Convention::mean, Convention::total}) {
    Matrix const c = removed_gradients(risk, theta, convention);
    ASSERT_EQ(c.rows(), n);
    for (int k : {0, 8, n - 1}) {
      Vector const rate = n * (without(risk, {k}, convention, q).gradient(theta) - risk.gradient(theta)) / q;
      Vector const stationary = convention == Convention::mean ? Vector(rate - risk.gradient(theta)) : rate;
      EXPECT_LE((stationary + c.row(k).transpose()).norm(), 1e-6) << convention_text(convention);
    }
  }
}

TEST_F(RiskTest, ConventionsDifferByThePenalty) {
  Matrix const apart =
      removed_gradients(risk, theta, Convention::mean) - removed_gradients(risk, theta, Convention::total);
  Vector const penalty{{0.0, -0.3, 0.15, 0.6}};
  EXPECT_LE((apart - Vector::Ones(n) * penalty.transpose()).norm(), 1e-14);
  EXPECT_STREQ(convention_text(Convention::mean), "A");
  EXPECT_STREQ(convention_text(Convention::total), "B");
}

TEST_F(RiskTest, RemovesARowWhoseLossOverflows) {
  Data counts = test::counted(n, 3);
  counts.inputs(6, 0) = 800;
  Risk const poisson = mean_risk(poisson_problem(counts), counts, 0.1);
  Vector const steep{{0.0, 1.0, 0.0, 0.0}};
  EXPECT_FALSE(std::isfinite(poisson.value(steep)));
  Risk const rest = without(poisson, {6}, Convention::mean);
  EXPECT_TRUE(std::isfinite(rest.value(steep)) && rest.gradient(steep).allFinite() && rest.hessian(steep).allFinite());
}

TEST_F(RiskTest, RefusesWhatLeavesNoRisk) {
  EXPECT_THROW(mean_risk(problem, data, -1), InputError);
  EXPECT_THROW(mean_risk(problem, data, std::nan("")), InputError);
  EXPECT_THROW(mean_risk(problem, rows_of(data, {}), 0), InputError);
  EXPECT_THROW(without(risk, {n}, Convention::mean), InputError);
  EXPECT_THROW(without(risk, {-1}, Convention::mean), InputError);
  EXPECT_THROW(without(risk, {2, 2}, Convention::mean), InputError);
  EXPECT_THROW(without(risk, {2}, Convention::mean, 1.5), InputError);
  std::vector<int> all;
  for (int i = 0; i < n; ++i) all.push_back(i);
  for (auto convention : {Convention::mean, Convention::total})
    EXPECT_THROW(without(risk, all, convention), InputError);
}

TEST(RowsOf, KeepsTheGivenOrderAndTheNames) {
  Data const data = test::classified(10, 3, 2);
  Data const some = rows_of(data, {7, 2, 2});
  ASSERT_EQ(some.rows(), 3);
  EXPECT_EQ(some.inputs.row(0), data.inputs.row(7));
  EXPECT_EQ(some.inputs.row(2), data.inputs.row(2));
  EXPECT_EQ(some.targets[1], data.targets[2]);
  EXPECT_EQ(some.columns, data.columns);
  EXPECT_EQ(some.classes, data.classes);
  EXPECT_EQ(rows_of(data, {}).rows(), 0);
  EXPECT_EQ(rows_of(data, {}).dimension(), 3);
  EXPECT_THROW(rows_of(data, {10}), InputError);
  EXPECT_THROW(rows_of(data, {-1}), InputError);
}

}  // namespace
}  // namespace fisherlab::estimators::influence

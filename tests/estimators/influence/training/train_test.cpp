#include "estimators/influence/training/train.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "tests/support/influence_tables.hpp"
#include "tests/support/problem_data.hpp"

namespace fisherlab::estimators::influence {
namespace {

Vector zero_of(Risk const& risk) { return Vector::Zero(risk.problem.penalised().size()); }

TEST(Train, FindsRidgeRegressionInOneStep) {
  Data const data = test::measured(40, 3);
  Risk const risk = mean_risk(linear_problem(data), data, 0.3);
  Matrix x(40, 4);
  x << Vector::Ones(40), data.inputs;
  Matrix normal = x.transpose() * x / 40;
  normal.diagonal().tail(3).array() += 0.3;
  Trained const trained = train(risk, Vector::Constant(4, -7.0));
  EXPECT_EQ(trained.status, TrainStatus::converged);
  EXPECT_LE(trained.iterations, 2);
  EXPECT_LT((normal * trained.theta - x.transpose() * data.targets / 40).norm(), 1e-13);
  EXPECT_EQ(complaint(trained), "");
  EXPECT_TRUE(std::isnan(trained.smallest_eigenvalue));
  EXPECT_NEAR(train(risk, zero_of(risk), {.eigenvalue = true}).smallest_eigenvalue, smallest_eigenvalue(normal), 1e-14);
}

TEST(Train, EndsAtGradientZeroFromNearAndFar) {
  Data const binary = test::classified(60, 3, 2), three = test::classified(60, 3, 3), counts = test::counted(60, 3);
  struct Case {
    AnyProblem problem;
    Data const& data;
    double far;
  };
  for (auto const& [problem, data, far] :
       {Case{logistic_problem(binary), binary, 40}, Case{softmax_problem(three), three, 40},
        Case{poisson_problem(counts), counts, 4}}) {
    Risk const risk = mean_risk(problem, data, 0.01);
    Trained const near = train(risk, zero_of(risk));
    Trained const from_far = train(risk, Vector::Constant(near.theta.size(), far));
    for (auto const& trained : {near, from_far}) {
      EXPECT_EQ(trained.status, TrainStatus::converged) << problem.name() << ": " << complaint(trained);
      EXPECT_LE(trained.gradient_norm, 1e-10);
      EXPECT_EQ(trained.gradient_norm, risk.gradient(trained.theta).norm());
      EXPECT_EQ(trained.risk, risk.value(trained.theta));
    }
    EXPECT_LT((near.theta - from_far.theta).norm(), 1e-8) << problem.name();
  }
}

TEST(Train, ReachesRoundingWhereTheRiskNoLongerResolvesItsSteps) {
  Data const data = test::classified(200, 5, 3, 2, 30.0);  // inputs of size 30: risk near 1, curvature near 100
  Risk const risk = mean_risk(softmax_problem(data), data, 1e-4);
  Trained const trained = train(risk, zero_of(risk), {.gradient_norm = 1e-13});
  EXPECT_EQ(trained.status, TrainStatus::converged) << complaint(trained);
  EXPECT_LE(trained.gradient_norm, 1e-13);
}

TEST(Train, SaysThatSeparatedClassesHaveNoMinimum) {
  Data data = test::normal_inputs(30, 2);
  data.classes = {"no", "yes"};
  for (int i = 0; i < 30; ++i) data.targets[i] = data.inputs(i, 0) > 0;
  Risk const risk = mean_risk(logistic_problem(data), data, 0);
  Trained const trained = train(risk, zero_of(risk));
  EXPECT_EQ(trained.status, TrainStatus::not_converged);
  EXPECT_LT(trained.gradient_norm, 1e-10);  // the gradient alone would call it a minimum
  EXPECT_NE(complaint(trained).find("runs away"), std::string::npos) << complaint(trained);
}

TEST(Train, SaysThatAFlatMinimumIsNotOne) {
  Data data = test::measured(30, 2);
  data.inputs.col(1) = 2 * data.inputs.col(0);
  Risk const risk = mean_risk(linear_problem(data), data, 0);
  Trained const trained = train(risk, zero_of(risk));
  EXPECT_EQ(trained.status, TrainStatus::not_positive_definite);
  EXPECT_LE(trained.gradient_norm, 1e-10);
  EXPECT_NEAR(trained.smallest_eigenvalue, 0, 1e-14);
  EXPECT_NE(complaint(trained).find("smallest eigenvalue"), std::string::npos);
  Data const three = test::classified(60, 3, 3);
  Risk const softmax = mean_risk(softmax_problem(three), three, 0);  // C sets of weights, one of them too many
  EXPECT_EQ(train(softmax, zero_of(softmax)).status, TrainStatus::not_positive_definite);
}

TEST(Train, SaysWhenItRanOutOfSteps) {
  Data const data = test::classified(60, 3, 2);
  Risk const risk = mean_risk(logistic_problem(data), data, 0.01);
  Trained const trained = train(risk, zero_of(risk), {.max_newton = 1});
  EXPECT_EQ(trained.status, TrainStatus::not_converged);
  EXPECT_EQ(trained.iterations, 1);
  EXPECT_GT(trained.gradient_norm, 1e-10);
  EXPECT_NE(complaint(trained).find("has not converged"), std::string::npos) << complaint(trained);
}

TEST(Train, RefusesAStartOfAnotherLength) {
  Data const data = test::classified(20, 3, 2);
  Risk const risk = mean_risk(logistic_problem(data), data, 0.01);
  EXPECT_THROW(train(risk, Vector::Zero(3)), InputError);
}

/// Four points on a line, classes by sign: at theta = 0 all gradients vanish, and with layer weight w and head weights
/// (-v, v) the risk is log 2 - a v w + ... with a = E|x|: eigenvalues l2 - a/sqrt(2) and l2 + a/sqrt(2) of that pair.
Data signs() {
  Data data;
  data.inputs = (Matrix(4, 1) << -1.5, -0.5, 0.5, 1.5).finished();
  data.targets = (Vector(4) << 0, 0, 1, 1).finished();
  data.columns = {"x"};
  data.classes = {"minus", "plus"};
  return data;
}

TEST(Train, LeavesASaddleAlongItsNegativeCurvature) {
  Data const data = signs();
  auto const problem = network_problem(data, {.depth = 1, .width = 1});
  Risk const risk = mean_risk(problem, data, 0.01);
  EXPECT_LT(risk.gradient(zero_of(risk)).norm(), 1e-16);
  EXPECT_NEAR(smallest_eigenvalue(risk.hessian(zero_of(risk))), 0.01 - 1 / std::sqrt(2.0), 1e-15);
  for (int const lbfgs : {0, 50}) {
    Trained const trained = train(risk, zero_of(risk), {.first_lbfgs = lbfgs, .eigenvalue = true});
    EXPECT_EQ(trained.status, TrainStatus::converged) << complaint(trained);
    EXPECT_LT(trained.risk, 0.3);
    EXPECT_GT(trained.smallest_eigenvalue, 0.005);
  }
}

TEST(Train, StaysAtZeroWhereThePenaltyMakesItTheMinimum) {
  Data const data = signs();
  Risk const risk = mean_risk(network_problem(data, {.depth = 1, .width = 1}), data, 0.8);
  Trained const trained = train(risk, zero_of(risk), {.eigenvalue = true});
  EXPECT_EQ(trained.status, TrainStatus::converged);
  EXPECT_EQ(trained.iterations, 0);
  EXPECT_NEAR(trained.smallest_eigenvalue, 0.8 - 1 / std::sqrt(2.0), 1e-15);
}

TEST(Train, FindsMinimaOfNetworksOnIrisFromEverySeed) {
  Data const data = test::standardised_iris(5);  // 120 rows
  ASSERT_EQ(data.rows(), 120);
#ifdef NDEBUG
  constexpr std::uint64_t seeds = 10;
#else
  constexpr std::uint64_t seeds = 2;  // half a minute more with assertions and sanitizers
#endif
  std::uint64_t trained_networks = 0;
  for (int const depth : {1, 2, 3, 4, 5, 6})
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
      Risk const risk = mean_risk(network_problem(data, {.depth = depth, .width = 5}), data, 5e-3);
      Trained const trained = train(risk, risk.problem.start(seed), {.first_lbfgs = 1000, .eigenvalue = true});
      EXPECT_EQ(trained.status, TrainStatus::converged) << "depth " << depth << ", seed " << seed << complaint(trained);
      EXPECT_LE(trained.gradient_norm, 1e-10);
      EXPECT_GT(trained.smallest_eigenvalue, 1e-6);
      ++trained_networks;
      if (seed > 0) continue;
      Risk without_one = risk;
      without_one.weights[60] = 0;
      Trained const again = train(without_one, trained.theta);
      EXPECT_EQ(again.status, TrainStatus::converged);
      EXPECT_LT(again.iterations, 20);
      EXPECT_LT((again.theta - trained.theta).norm(), 1);
    }
  EXPECT_EQ(trained_networks, 6 * seeds);
}

}  // namespace
}  // namespace fisherlab::estimators::influence

#include "estimators/influence/removals/removal.hpp"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "estimators/influence/problems/problems.hpp"
#include "tests/support/problem_data.hpp"
#include "tests/support/quadratic_problem.hpp"
#include "tests/support/removal_examples.hpp"
#include "tests/support/removal_path.hpp"

namespace fisherlab::estimators::influence {
namespace {

using test::conventions, test::example_of, test::examples, test::minimum_of, test::path, test::refusal_of,
    test::relative;

/// Largest relative difference of `changes` from first derivatives of the path, over some rows.
double first_order_error(Minimum const& minimum, Convention convention, Matrix const& changes) {
  double worst = 0;
  for (int const k : {0, 7, 19}) {
    Vector const exact = test::path_derivatives(minimum, {k}, convention).first;
    worst = std::max(worst, relative(changes.row(k).transpose(), exact));
  }
  return worst;
}

TEST(FirstOrder, IsTheDerivativeOfTheRefitInTheShareRemoved) {
  int checked = 0;
  for (auto const& [data, problem] : examples())
    for (double const l2 : {0.02, 0.3})
      for (Convention const convention : conventions) {
        Minimum const minimum = minimum_of(problem, data, l2);
        Matrix const changes = first_order_removals(minimum, convention, {minimum.risk, minimum.theta});
        EXPECT_LT(first_order_error(minimum, convention, changes), 1e-7) << problem.name();
        ++checked;
      }
  EXPECT_EQ(checked, 16);
}

TEST(FirstOrder, IsRefutedForPlantedDefects) {
  for (auto const& [data, problem] : examples()) {
    Minimum const minimum = minimum_of(problem, data, 0.3);
    Risk doubled = minimum.risk, unpenalised = minimum.risk;
    doubled.l2 *= 2;
    unpenalised.l2 = 1e-9;  // zero would be singular for softmax
    InverseHessian const inverse(minimum.risk, minimum.theta);
    auto const error = [&](Matrix const& changes) { return first_order_error(minimum, Convention::mean, changes); };
    EXPECT_GT(error(first_order_removals(minimum, Convention::mean, {doubled, minimum.theta})), 0.02);
    EXPECT_GT(error(first_order_removals(minimum, Convention::mean, {unpenalised, minimum.theta})), 0.02);
    EXPECT_GT(error(first_order_removals(minimum, Convention::total, inverse)), 0.02) << "the other convention";
    EXPECT_GT(error(first_order_removals({doubled, minimum.theta}, Convention::mean, inverse)), 0.02);
    EXPECT_GT(error(2 * first_order_removals(minimum, Convention::mean, inverse)), 0.02);
  }
}

TEST(SecondOrder, IsTheSecondDerivativeOfTheRefit) {
  for (auto const& [data, problem] : examples())
    for (Convention const convention : conventions) {
      Minimum const minimum = minimum_of(problem, data, 0.05);
      InverseHessian const inverse(minimum.risk, minimum.theta);
      Matrix const first = first_order_removals(minimum, convention, inverse);
      Matrix const second = second_order_removals(minimum, convention, inverse);
      for (int const k : {0, 7, 19}) {
        auto const exact = test::path_derivatives(minimum, {k}, convention);
        EXPECT_LT(relative((second - first).row(k).transpose(), exact.second / 2), 1e-6) << problem.name() << k;
      }
    }
}

TEST(SecondOrder, LeavesAnErrorOfThirdOrder) {
  auto const [data, problem] = example_of(softmax_problem, test::classified(30, 2, 3));
  Minimum const minimum = minimum_of(problem, data, 0.05);
  InverseHessian const inverse(minimum.risk, minimum.theta);
  Matrix const first = first_order_removals(minimum, Convention::mean, inverse);
  Matrix const second = second_order_removals(minimum, Convention::mean, inverse);
  for (int k = 0; k < 30; ++k) {
    auto const left = [&](double q) {
      Vector const predicted = q * first.row(k) + q * q * (second - first).row(k);
      return (path(minimum, {k}, Convention::mean, q) - predicted).norm();
    };
    EXPECT_NEAR(std::log2(left(1.0 / 16) / left(1.0 / 32)), 3, 0.25) << k;
  }
}

TEST(Groups, AreTheSumOfTheirRowsToFirstOrder) {
  for (auto const& [data, problem] : examples())
    for (Convention const convention : conventions) {
      Minimum const minimum = minimum_of(problem, data, 0.05);
      InverseHessian const inverse(minimum.risk, minimum.theta);
      Matrix const rows = first_order_removals(minimum, convention, inverse);
      Vector const sum = (rows.row(3) + rows.row(11) + rows.row(20)).transpose();
      EXPECT_LT(relative(first_order_group(minimum, {3, 11, 20}, convention, inverse), sum), 1e-12);
    }
}

TEST(Groups, FollowTheSecondDerivativeOfTheirRefit) {
  for (auto const& [data, problem] : examples())
    for (Convention const convention : conventions) {
      Minimum const minimum = minimum_of(problem, data, 0.05);
      InverseHessian const inverse(minimum.risk, minimum.theta);
      std::vector<int> const rows{3, 11, 20};
      auto const exact = test::path_derivatives(minimum, rows, convention);
      Vector const second = second_order_group(minimum, rows, convention, inverse);
      EXPECT_LT(relative(second, exact.first + exact.second / 2), 1e-6) << problem.name();
      Matrix const alone = second_order_removals(minimum, convention, inverse);
      EXPECT_LT(relative(second_order_group(minimum, {11}, convention, inverse), alone.row(11).transpose()), 1e-12);
    }
}

TEST(Groups, OfNoRowsChangeNothing) {
  auto const [data, problem] = example_of(logistic_problem, test::classified(30, 2, 2));
  Minimum const minimum = minimum_of(problem, data, 0.05);
  InverseHessian const inverse(minimum.risk, minimum.theta);
  for (Convention const convention : conventions) {
    EXPECT_EQ(first_order_group(minimum, {}, convention, inverse).norm(), 0);
    EXPECT_EQ(second_order_group(minimum, {}, convention, inverse).norm(), 0);
  }
  EXPECT_NE(refusal_of([&] { first_order_group(minimum, {30}, Convention::mean, inverse); }), "");
  EXPECT_NE(refusal_of([&] { second_order_group(minimum, {2, 2}, Convention::mean, inverse); }), "");
}

TEST(SelfInfluence, IsTheQuadraticFormOfTheGradient) {
  auto const [data, problem] = example_of(softmax_problem, test::classified(30, 2, 3));
  Minimum const minimum = minimum_of(problem, data, 0.05);
  Vector const found = self_influence(minimum, {minimum.risk, minimum.theta});
  Matrix const g = problem.gradients(data, minimum.theta);
  Matrix const inverse = minimum.risk.hessian(minimum.theta).inverse();
  for (int k = 0; k < 30; ++k) EXPECT_NEAR(found(k), g.row(k) * inverse * g.row(k).transpose(), 1e-12 * found(k));
}

TEST(TestGradient, PredictsTheChangeOfTheMeanTestLoss) {
  Data const data = test::classified(60, 2, 2, 5);
  Data const test_rows = test::classified(40, 2, 2, 6);
  Minimum const minimum = minimum_of(logistic_problem(data), data, 0.01);
  auto const& problem = minimum.risk.problem;
  Vector const g = test_gradient(problem, test_rows, minimum.theta);
  Matrix const first = first_order_removals(minimum, Convention::mean, {minimum.risk, minimum.theta});
  double const share = 1.0 / 256;
  for (int k = 0; k < 60; ++k) {
    Vector const theta = minimum.theta + path(minimum, {k}, Convention::mean, share);
    double const actual = (problem.losses(test_rows, theta) - problem.losses(test_rows, minimum.theta)).mean();
    double const predicted = g.dot(first.row(k).transpose());  // positive: the row is helpful
    EXPECT_NEAR(actual / share, predicted, 0.01 * std::abs(predicted) + 1e-5) << k;
  }
}

TEST(Minimum, IsRefusedWithItsNumbers) {
  auto const [data, problem] = example_of(softmax_problem, test::classified(30, 2, 3));
  Minimum const minimum = minimum_of(problem, data, 0.05);
  auto const check = [](Risk const& risk, Vector const& theta) {
    Trained trained;
    trained.theta = theta;
    trained.status = TrainStatus::converged;
    return refusal_of([&] { checked_minimum(risk, trained); });
  };
  EXPECT_EQ(check(minimum.risk, minimum.theta), "");
  Vector off = minimum.theta;
  off(0) += 1e-3;
  EXPECT_NE(check(minimum.risk, off).find("the gradient of the risk is not zero (it is "), std::string::npos);
  Risk doubled = minimum.risk;
  doubled.l2 *= 2;
  EXPECT_NE(check(doubled, minimum.theta), "");

  Risk const flat = mean_risk(problem, data, 0);  // softmax without a penalty is singular
  Vector const bottom = Vector::Zero(9);
  Trained trained;
  trained.theta = bottom;
  EXPECT_NE(refusal_of([&] { checked_minimum(flat, trained, 10); }).find("smallest eigenvalue"), std::string::npos);

  Vector const values{{2.0, 1.0, -0.125}};
  Data const any = test::normal_inputs(2, 1);
  Risk const saddle = mean_risk(test::QuadraticProblem{test::with_eigenvalues(values)}, any, 0);
  EXPECT_NE(check(saddle, Vector::Zero(3)).find("(smallest eigenvalue -0.125, largest 2)"), std::string::npos);
}

TEST(Removals, AreRefusedForWeightsThatAreNotAPlainMean) {
  auto const [data, problem] = example_of(linear_problem, test::measured(30, 2));
  Minimum minimum = minimum_of(problem, data, 0.05);
  InverseHessian const inverse(minimum.risk, minimum.theta);
  minimum.risk.weights(3) *= 1.5;
  EXPECT_NE(refusal_of([&] { first_order_removals(minimum, Convention::mean, inverse); }), "");
  EXPECT_NE(refusal_of([&] { second_order_removals(minimum, Convention::mean, inverse); }), "");
  EXPECT_NE(refusal_of([&] { one_step_removals(minimum, Convention::mean); }), "");
  EXPECT_NE(refusal_of([&] { leverages(minimum); }), "");
}

TEST(Removals, TellWhereASolutionFailed) {
  auto const [data, problem] = example_of(softmax_problem, test::classified(30, 2, 3));
  Minimum const minimum = minimum_of(problem, data, 0.01);
  InverseHessian const poor(minimum.risk, minimum.theta, {.solver = Solver::conjugate_gradient, .max_iterations = 2});
  std::vector<Solution> solutions;
  Matrix const changes = first_order_removals(minimum, Convention::mean, poor, &solutions);
  ASSERT_EQ(solutions.size(), 30u);
  EXPECT_TRUE(changes.array().isNaN().all());
  for (auto const& solution : solutions) EXPECT_FALSE(solution.solved);
  EXPECT_NE(refusal_of([&] { first_order_removals(minimum, Convention::mean, poor); }), "");
  EXPECT_NE(refusal_of([&] { self_influence(minimum, poor); }), "");
  EXPECT_TRUE(second_order_removals(minimum, Convention::mean, poor).array().isNaN().all());
}

TEST(Removals, HaveTheSameBitsForAnyNumberOfThreads) {
  auto const [data, problem] = example_of(softmax_problem, test::classified(70, 2, 3));
  Minimum const minimum = minimum_of(problem, data, 0.05);
  InverseHessian const inverse(minimum.risk, minimum.theta);
  auto const all = [&](int threads) {
    Matrix result(70, 27);
    result << first_order_removals(minimum, Convention::mean, inverse, nullptr, threads),
        second_order_removals(minimum, Convention::mean, inverse, threads),
        one_step_removals(minimum, Convention::mean, threads);
    return result;
  };
  Matrix const one = all(1);
  EXPECT_TRUE((one.array() == all(2).array()).all());
  EXPECT_TRUE((one.array() == all(5).array()).all());
}

}  // namespace
}  // namespace fisherlab::estimators::influence

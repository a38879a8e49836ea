#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>

#include "claims/influence/counted_problem.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "estimators/influence/problems/risk.hpp"
#include "estimators/influence/solvers/inverse_hessian.hpp"
#include "tests/support/data_cases.hpp"

namespace fisherlab::test {
namespace {

namespace influence = estimators::influence;

// 60 rows, an intercept and three inputs: p = 4.
TEST(CountedProblem, CountsTheProductsOfEachPass) {
  auto const data = classified(60, 3, 2);
  auto const work = std::make_shared<claims::Work>();
  auto const inner = influence::logistic_problem(data);
  auto const problem = claims::counted(inner, work);
  auto const risk = influence::mean_risk(problem, data, 0.1), plain = influence::mean_risk(inner, data, 0.1);
  influence::Vector const theta = influence::Vector::Constant(4, 0.3), t = influence::Vector::Unit(4, 2);
  EXPECT_EQ(risk.gradient(theta), plain.gradient(theta));
  EXPECT_EQ(work->multiplications, 2 * 60 * 4);
  EXPECT_EQ(risk.hessian_product(theta, t), plain.hessian_product(theta, t));
  EXPECT_EQ(work->multiplications, (2 + 3) * 60 * 4);
  EXPECT_EQ(risk.hessian(theta), plain.hessian(theta));
  EXPECT_EQ(work->multiplications, (2 + 3 + 4) * 60 * 4);
}

TEST(CountedProblem, CountsWhatConjugateGradientsAsk) {
  auto const data = classified(60, 3, 2);
  auto const work = std::make_shared<claims::Work>();
  auto const risk = influence::mean_risk(claims::counted(influence::logistic_problem(data), work), data, 0.1);
  influence::Vector const theta = influence::Vector::Zero(4);
  influence::SolverSettings settings;
  settings.solver = influence::Solver::conjugate_gradient;
  influence::InverseHessian const inverse(risk, theta, settings);
  constexpr std::int64_t per_product = 720;  // 3 x 60 rows x 4 parameters
  work->multiplications = 0;
  auto const solution = inverse.solve(influence::Vector::Ones(4));
  EXPECT_TRUE(solution.solved);
  EXPECT_EQ(work->multiplications % per_product, 0);
  // Its steps, the first residual, and the residual of the answer.
  EXPECT_GE(work->multiplications / per_product, solution.iterations);
  EXPECT_LE(work->multiplications / per_product, solution.iterations + 3);
}

auto cost(std::string const& work, std::string const& in_n) {
  auto result = trial("retraining-cost", "logistic", shared_data(classified(700, 31, 2)), 0.05);
  result.rows = 320;
  return with(with(std::move(result), "work", work), "in-n", in_n);
}

TEST(RetrainingCost, IsLinearForOneSolveAndQuadraticForAllRefits) {
  expect_verified(with(cost("influence", "1"), "in-p", "1"));
  expect_verified(with(cost("hessian", "1"), "in-p", "2"));
  expect_verified(cost("retraining", "2"));
  expect_refuted(cost("retraining", "1"));
}

TEST(RetrainingCost, OfFormingTheHessianGrowsLikeItsSize) {
  auto const result = run_of(with(cost("hessian", "1"), "in-p", "2"));
  EXPECT_GT(value_of(result, 1), 1.3);
  EXPECT_LT(value_of(run_of(with(cost("influence", "1"), "in-p", "1")), 1), value_of(result, 1));
}

TEST(RetrainingCost, RefusesWhatItCannotHalve) {
  auto few = cost("influence", "1");
  few.rows = 40;
  EXPECT_NE(refusal(few).find("from 80 to below 700"), std::string::npos);
  few = cost("influence", "1");
  few.data = shared_data(classified(700, 3, 2));
  EXPECT_NE(refusal(few).find("of 16 or more"), std::string::npos);
  few.problem = "mlp";
  EXPECT_NE(refusal(few).find("one linear predictor"), std::string::npos);
}

TEST(StrictConvexity, HoldsWithAPenaltyAndFailsForFreeSetsOfWeights) {
  expect_verified(trial("strict-convexity", "softmax", whole_iris(), 0.01));
  expect_refuted(trial("strict-convexity", "softmax", whole_iris(), 0));
  expect_verified(trial("strict-convexity", "linear", stack_loss(), 0));
}

TEST(StrictConvexity, FailsForAnInputThatIsThereTwice) {
  auto data = number_data("stack_loss");
  standardise(data);
  data.inputs.col(2) = data.inputs.col(0);
  expect_refuted(trial("strict-convexity", "linear", shared_data(data), 0));
}

}  // namespace
}  // namespace fisherlab::test

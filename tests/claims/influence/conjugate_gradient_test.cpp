#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/data_cases.hpp"

namespace fisherlab::test {
namespace {

/// 50 rows of six inputs of scales 1 to 1/32, so that conjugate gradients need their steps.
DataPointer uneven() {
  auto data = classified(50, 6, 2);
  for (int j = 0; j < data.dimension(); ++j) data.inputs.col(j) *= std::ldexp(1.0, -j);
  return shared_data(std::move(data));
}

TEST(ConjugateGradient, HoldsForEveryProblem) {
  expect_verified(trial("conjugate-gradient", "logistic", iris_pair(), 0.1));
  expect_verified(trial("conjugate-gradient", "linear", stack_loss(), 0.01));
  expect_verified(trial("conjugate-gradient", "poisson", shared_data(counted(60, 3)), 0.05));
  expect_verified(trial("conjugate-gradient", "softmax", shared_data(classified(60, 2, 3)), 0.05));
}

TEST(ConjugateGradient, HoldsForTrainingRowsOfAnySeed) {
  auto subset = trial("conjugate-gradient", "logistic", iris_pair(), 0.05);
  subset.rows = 60;
  expect_verified(subset, 10);
}

TEST(ConjugateGradient, HoldsForANetwork) {
  expect_verified(
      with(with(with(trial("conjugate-gradient", "mlp", shared_data(classified(40, 2, 2)), 0.05), "depth", "2"),
                "width", "2"),
           "rounding", "0.5"));
}

TEST(ConjugateGradient, IsRefutedForTheMinimumOfThePrintedObjective) {
  auto subset = with(trial("conjugate-gradient", "logistic", iris_pair(), 0.05), "plant", "half");
  subset.rows = 60;
  expect_refuted(subset, 10);
  EXPECT_NEAR(value_of(run_of(subset)), 0.5, 1e-9);  // |H^-1 v/2 - H^-1 v| / |H^-1 v|
}

TEST(ConjugateGradient, TakesOneStepWhereTheHessianIsAMultipleOfTheIdentity) {
  // Orthogonal inputs of square n, least squares: H = 1 beside the penalty, which leaves the intercept alone.
  estimators::influence::Data data;
  data.inputs.resize(4, 2);
  data.inputs << 1, 1, 1, -1, -1, 1, -1, -1;
  data.targets.resize(4);
  data.targets << 1, 2, 0, 4;
  data.columns = {"a", "b"};
  auto const result = run_of(trial("conjugate-gradient", "linear", shared_data(data), 1e-9));
  EXPECT_LE(value_of(result), 1e-8);
  EXPECT_LE(value_of(result, 1), 2.0 / 3);  // eigenvalues 1 and 1 + 1e-9: one step, or two for the penalty's
}

TEST(ConjugateGradient, TakesAtMostAsManyStepsAsEigenvalues) {
  auto const result = run_of(trial("conjugate-gradient", "logistic", uneven(), 1e-3));
  EXPECT_LE(value_of(result), 1e-8);
  EXPECT_GT(value_of(result, 1), 0.5);  // seven eigenvalues apart: it cannot do with half as many
}

TEST(ConjugateGradient, RefusesBadCases) {
  auto const good = trial("conjugate-gradient", "logistic", iris_pair(), 0.1);
  EXPECT_EQ(refusal(with(good, "plant", "no-penalty")),
            "option plant cannot be 'no-penalty', choose one of: none, half");
  auto without = good;
  without.l2 = 0;
  EXPECT_EQ(refusal(without), "conjugate-gradient varies the penalty, give 'l2' above zero");
  EXPECT_EQ(refusal(with(good, "rounding", "-0.1")), "a margin is zero or above");
  EXPECT_EQ(refusal(with(good, "activation", "relu")),
            "option activation cannot be 'relu', choose one of: tanh, softplus");
}

TEST(CgObjective, HoldsAsCorrected) {
  expect_verified(trial("cg-objective", "logistic", iris_pair(), 0.1));
  expect_verified(trial("cg-objective", "linear", stack_loss(), 0));
  expect_verified(trial("cg-objective", "poisson", warp_breaks(), 0));
  auto subset = trial("cg-objective", "softmax", whole_iris(), 0.01);
  subset.rows = 100;
  expect_verified(subset, 10);
}

// The minimum of t'Ht - v't is t = H^-1 v/2, so H t = v/2 and the residual is exactly half of |v|.
TEST(CgObjective, IsRefutedAsPrintedWithAResidualOfOneHalf) {
  auto printed = with(trial("cg-objective", "logistic", iris_pair(), 0.1), "form", "printed");
  printed.rows = 60;
  expect_refuted(printed, 10);
  for (auto const& one : {printed, with(trial("cg-objective", "poisson", warp_breaks(), 0), "form", "printed")})
    EXPECT_NEAR(value_of(run_of(one)), 0.5, 1e-12);
}

TEST(CgObjective, RefusesAnUnknownForm) {
  EXPECT_EQ(refusal(with(trial("cg-objective", "logistic", iris_pair(), 0.1), "form", "print")),
            "option form cannot be 'print', choose one of: corrected, printed");
}

}  // namespace
}  // namespace fisherlab::test

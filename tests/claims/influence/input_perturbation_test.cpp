#include <gtest/gtest.h>

#include "tests/support/data_cases.hpp"

namespace fisherlab::test {
namespace {

TEST(InputPerturbation, HoldsForEveryProblem) {
  expect_verified(trial("input-perturbation", "linear", shared_data(measured(40, 2)), 0, 30), 3);
  expect_verified(trial("input-perturbation", "poisson", shared_data(counted(60, 2)), 0, 50), 3);
  expect_verified(trial("input-perturbation", "softmax", whole_iris(), 0.02, 100), 3);
}

TEST(InputPerturbation, HoldsForTrainingRowsOfAnySeed) {
  expect_verified(trial("input-perturbation", "logistic", iris_pair(), 0.05, 60), 10);
}

TEST(InputPerturbation, HoldsForANetwork) {
  auto network = with(with(trial("input-perturbation", "mlp", whole_iris(), 0.02, 100), "depth", "2"), "width", "3");
  expect_verified(with(network, "points", "3"));
}

// Without its 1/n the prediction is n times too large: the slope is 1/n, the error n - 1.
TEST(InputPerturbation, IsRefutedWithoutItsOneOverN) {
  auto const planted = with(trial("input-perturbation", "logistic", iris_pair(), 0.05, 60), "plant", "without-n");
  expect_refuted(planted, 10);
  auto const result = run_of(planted);
  EXPECT_NEAR(value_of(result), 1.0 / 60, 1e-5);
  EXPECT_NEAR(value_of(result, 1), 59, 0.1);
}

// The error of a central difference falls with the square of the step, until rounding takes over.
TEST(InputPerturbation, HasAnErrorOfTheSquareOfItsStep) {
  auto const good = trial("input-perturbation", "logistic", iris_pair(), 0.05, 60);
  double const wide = value_of(run_of(with(with(good, "step", "0.1"), "margin", "1")), 1);
  double const narrow = value_of(run_of(with(with(good, "step", "0.05"), "margin", "1")), 1);
  EXPECT_NEAR(wide / narrow, 4, 0.1);
}

TEST(InputPerturbation, RefusesBadCases) {
  auto const good = trial("input-perturbation", "logistic", iris_pair(), 0.05, 60);
  auto whole = good;
  whole.rows = 0;
  EXPECT_EQ(refusal(whole), "input-perturbation needs test rows, give 'rows', the number of training rows");
  EXPECT_EQ(refusal(with(good, "points", "0")), "option points is a whole number from 1 to 1000000");
  EXPECT_EQ(refusal(with(good, "step", "0")), "option step is how far an input is moved, give a positive number");
  EXPECT_EQ(refusal(with(good, "plant", "half")), "option plant cannot be 'half', choose one of: none, without-n");
}

TEST(PerturbedPoint, HoldsForATrainingInput) {
  expect_verified(trial("perturbed-point", "logistic", iris_pair(), 0.05, 60), 10);
  expect_verified(trial("perturbed-point", "linear", shared_data(measured(40, 2)), 0, 30), 3);
  expect_verified(trial("perturbed-point", "poisson", shared_data(counted(60, 2)), 0, 50), 3);
  expect_verified(trial("perturbed-point", "softmax", whole_iris(), 0.02, 100), 3);
}

// Training does not read test inputs, so the printed ratio is zero to rounding.
TEST(PerturbedPoint, IsRefutedForATestInputWithARatioOfZero) {
  auto const printed = with(trial("perturbed-point", "logistic", iris_pair(), 0.05, 60), "form", "printed");
  expect_refuted(printed, 10);
  EXPECT_NEAR(value_of(run_of(printed)), 0, 1e-6);
  EXPECT_NEAR(value_of(run_of(with(printed, "form", "corrected"))), 1, 1e-2);
}

TEST(PerturbedPoint, TriesNoMoreRowsThanThereAre) {
  auto const printed = with(trial("perturbed-point", "logistic", iris_pair(), 0.05, 95), "form", "printed");
  EXPECT_EQ(run_of(with(printed, "points", "20")).findings[0].measurement.replicates, 5);
}

TEST(PerturbedPoint, RefusesBadCases) {
  auto const good = trial("perturbed-point", "logistic", iris_pair(), 0.05, 60);
  auto whole = good;
  whole.rows = 100;
  EXPECT_EQ(refusal(whole), "perturbed-point needs test rows, give 'rows', the number of training rows");
  EXPECT_EQ(refusal(with(good, "step", "-1")), "option step is how far an input is moved, give a positive number");
  EXPECT_EQ(refusal(with(good, "form", "test")), "option form cannot be 'test', choose one of: corrected, printed");
}

}  // namespace
}  // namespace fisherlab::test

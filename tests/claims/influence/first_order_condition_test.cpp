#include <gtest/gtest.h>

#include "tests/support/data_cases.hpp"

namespace fisherlab::test {
namespace {

TEST(FirstOrderCondition, HoldsForEveryProblem) {
  expect_verified(trial("first-order-condition", "linear", stack_loss(), 0));
  expect_verified(trial("first-order-condition", "linear", shared_data(number_data("stack_loss")), 0));  // raw inputs
  expect_verified(trial("first-order-condition", "poisson", warp_breaks(), 0.1));
  expect_verified(trial("first-order-condition", "softmax", shared_data(classified(60, 2, 3)), 0.02));
  expect_verified(with(with(trial("first-order-condition", "mlp", whole_iris(), 5e-3), "depth", "2"), "points", "5"));
}

TEST(FirstOrderCondition, HoldsForTrainingRowsOfAnySeed) {
  expect_verified(trial("first-order-condition", "logistic", iris_pair(), 0.01, 60), 10);
}

// The printed condition has the solution at eps/n: its derivative is 1/n of -H^-1 grad L.
TEST(FirstOrderCondition, IsRefutedAsPrintedByTheFactorN) {
  auto const printed = with(trial("first-order-condition", "logistic", iris_pair(), 0.01, 60), "form", "printed");
  expect_refuted(printed, 10);
  EXPECT_NEAR(value_of(run_of(printed)), 1.0 / 60, 1e-6);
  auto const poisson = with(trial("first-order-condition", "poisson", warp_breaks(), 0), "form", "printed");
  EXPECT_NEAR(value_of(run_of(poisson)), 1.0 / 54, 1e-6);
  auto const corrected = run_of(trial("first-order-condition", "logistic", iris_pair(), 0.01, 60));
  EXPECT_NEAR(value_of(corrected), 1, 1e-5);
}

TEST(FirstOrderCondition, TriesAsManyRowsAsAsked) {
  auto const good = trial("first-order-condition", "logistic", iris_pair(), 0.1);
  EXPECT_EQ(run_of(good).findings[0].measurement.replicates, 30);
  EXPECT_EQ(run_of(with(good, "points", "8")).findings[0].measurement.replicates, 8);
  EXPECT_EQ(run_of(with(good, "points", "1000")).findings[0].measurement.replicates, 100);
}

// Two threads give what one gives, to the last bit.
TEST(FirstOrderCondition, IsTheSameOnAnyNumberOfThreads) {
  auto const good = trial("first-order-condition", "logistic", iris_pair(), 0.1);
  EXPECT_EQ(value_of(run_of(good, 3, 1)), value_of(run_of(good, 3, 2)));
}

TEST(FirstOrderCondition, RefusesBadOptions) {
  auto const good = trial("first-order-condition", "logistic", iris_pair(), 0.1);
  EXPECT_EQ(refusal(with(good, "points", "0")), "option points is a whole number from 1 to 100000");
  EXPECT_EQ(refusal(with(good, "form", "corected")),
            "option form cannot be 'corected', choose one of: corrected, printed");
  EXPECT_EQ(refusal(with(good, "margin", "-0.01")),
            "option margin is below 0 (the region would be empty), give one of zero or more");
}

TEST(LossSign, HoldsAsCorrected) {
  expect_verified(trial("loss-sign", "logistic", iris_pair(), 0.01, 60), 10);
  expect_verified(trial("loss-sign", "linear", stack_loss(), 0));
  expect_verified(trial("loss-sign", "poisson", warp_breaks(), 0));
  expect_verified(trial("loss-sign", "softmax", whole_iris(), 0.01));
  expect_verified(with(trial("loss-sign", "mlp", whole_iris(), 5e-3), "depth", "2"));
}

TEST(LossSign, IsRefutedAsPrinted) {
  expect_refuted(with(trial("loss-sign", "logistic", iris_pair(), 0.01, 60), "form", "printed"), 10);
  expect_refuted(with(trial("loss-sign", "poisson", warp_breaks(), 0), "form", "printed"));
}

// Least squares on orthogonal inputs with squares 4 n and n/4: H = diag(1, 4, 1/4), whatever the targets.
TEST(LossSign, MeasuresTheSmallestAndMinusTheLargestEigenvalue) {
  estimators::influence::Data data;
  data.inputs.resize(4, 2);
  data.inputs << 2, 0.5, 2, -0.5, -2, 0.5, -2, -0.5;
  data.targets.resize(4);
  data.targets << 1, 2, 0, 4;
  data.columns = {"a", "b"};
  auto const diagonal = trial("loss-sign", "linear", shared_data(data), 0);
  EXPECT_NEAR(value_of(run_of(diagonal)), 0.25, 1e-14);
  EXPECT_NEAR(value_of(run_of(with(diagonal, "form", "printed"))), -4, 1e-13);
  auto penalised = diagonal;
  penalised.l2 = 0.5;  // not on the intercept
  EXPECT_NEAR(value_of(run_of(penalised)), 0.75, 1e-14);
}

}  // namespace
}  // namespace fisherlab::test

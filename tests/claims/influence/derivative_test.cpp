#include <gtest/gtest.h>

#include "tests/support/data_cases.hpp"

namespace fisherlab::test {
namespace {

DataTrial derivative_trial(std::string const& problem, DataPointer data, double l2) {
  return {"influence-derivative", problem, std::move(data), l2};
}

DataTrial iris_trial() { return derivative_trial("logistic", iris_pair(), 0.1); }

TEST(InfluenceDerivative, HoldsForEveryProblem) {
  expect_verified(derivative_trial("linear", stack_loss(), 0));
  expect_verified(derivative_trial("linear", shared_data(measured(30, 3)), 0.5));
  expect_verified(derivative_trial("poisson", warp_breaks(), 0));
  expect_verified(derivative_trial("poisson", warp_breaks(), 0.3));
  expect_verified(derivative_trial("softmax", shared_data(classified(60, 2, 3)), 0.02));
}

TEST(InfluenceDerivative, HoldsForTrainingRowsOfAnySeed) {
  auto subset = with(iris_trial(), "points", "15");
  subset.rows = 70;
  expect_verified(subset, 10);
}

TEST(InfluenceDerivative, HoldsUnderBothConventions) {
  expect_verified(with(iris_trial(), "convention", "B"));
  expect_verified(with(derivative_trial("softmax", shared_data(classified(60, 2, 3)), 0.1), "convention", "B"));
}

TEST(InfluenceDerivative, HoldsForNetworks) {
  auto network =
      with(with(with(derivative_trial("mlp", whole_iris(), 5e-3), "depth", "2"), "points", "4"), "width", "3");
  expect_verified(network, 2);
  expect_verified(with(network, "activation", "softplus"));
}

TEST(InfluenceDerivative, IsRefutedForEachPlantedMistake) {
  auto subset = with(iris_trial(), "points", "15");
  subset.rows = 70;
  for (auto const* plant : {"half", "no-penalty", "double-penalty", "other-convention"}) {
    auto const findings = run_of(with(subset, "plant", plant)).findings;
    ASSERT_EQ(findings.size(), 2u);
    for (auto const& finding : findings) EXPECT_EQ(finding.verdict, Verdict::refuted) << plant;
  }
  for (auto const* plant : {"half", "no-penalty"}) expect_refuted(with(subset, "plant", plant), 10);
}

// (1/2)(1 + o(1)) of the change predicted leaves an error |1/0.5 - 1| = 1.
TEST(InfluenceDerivative, FindsThatHalfIsOffByTheWholeOfWhatWasPredicted) {
  auto const result = run_of(with(iris_trial(), "plant", "half"));
  EXPECT_NEAR(value_of(result), 1, 0.02);
  EXPECT_NEAR(value_of(result, 1), 0, 0.05);  // and does not fall
}

// For least squares (theta(q) - theta)/q = (1/n) H^-1 grad L/(1 - q h), h the leverage x'(X'X)^-1 x, under convention
// B; so the relative error is q h/(1 - q h) with the largest leverage at q = 1/256.
TEST(InfluenceDerivative, HasTheErrorOfTheLeverageForLeastSquares) {
  auto const data = stack_loss();
  estimators::influence::Matrix z(data->rows(), data->dimension() + 1);
  z << estimators::influence::Vector::Ones(data->rows()), data->inputs;
  // The inputs are orthogonal to the intercept; the hat matrix by Gram and Schmidt, without a solver.
  for (Eigen::Index j = 0; j < z.cols(); ++j) {
    for (Eigen::Index k = 0; k < j; ++k) z.col(j) -= z.col(k).dot(z.col(j)) * z.col(k);
    z.col(j).normalize();
  }
  double const h = z.rowwise().squaredNorm().maxCoeff();
  auto const result = run_of(with(derivative_trial("linear", data, 0), "convention", "B"));
  EXPECT_NEAR(value_of(result), h / 256 / (1 - h / 256), 1e-9);
  EXPECT_NEAR(value_of(result, 1), 1, 0.03);  // the rate
  ASSERT_EQ(result.convergence.size(), 5u);
  EXPECT_EQ(result.convergence[0].n, 256);
  EXPECT_EQ(result.convergence[4].n, 1);
  EXPECT_EQ(result.convergence[0].claim, "influence-derivative");
}

// A control stands beside the claim in one table of findings: its name tells the two apart.
TEST(InfluenceDerivative, NamesAControlByItsMistake) {
  EXPECT_EQ(claims::model_text(question_of(iris_trial())), "logistic on data");
  EXPECT_EQ(claims::model_text(question_of(with(iris_trial(), "plant", "none"))), "logistic on data");
  EXPECT_EQ(claims::model_text(question_of(with(iris_trial(), "plant", "half"))), "logistic on data [half]");
  auto pair = iris_trial();
  pair.claim = "loss-sign";
  EXPECT_EQ(claims::model_text(question_of(with(pair, "form", "corrected"))), "logistic on data");
  EXPECT_EQ(claims::model_text(question_of(with(pair, "form", "printed"))), "logistic on data [printed]");
  pair.claim = "influence-covariance";
  EXPECT_EQ(claims::model_text(question_of(with(pair, "form", "influence"))), "logistic on data");
  EXPECT_EQ(claims::model_text(question_of(with(pair, "form", "hessian"))), "logistic on data [hessian]");
}

TEST(InfluenceDerivative, TriesAsManyRowsAsAsked) {
  EXPECT_EQ(run_of(with(iris_trial(), "points", "7")).findings[0].measurement.replicates, 7);
  EXPECT_EQ(run_of(iris_trial()).findings[0].measurement.replicates, 100);
}

// Without its penalty H is singular for softmax, which ends in a note and two open findings.
TEST(InfluenceDerivative, StaysOpenWhereTheHessianIsSingular) {
  auto const result = run_of(derivative_trial("softmax", shared_data(classified(60, 2, 3)), 0));
  ASSERT_EQ(result.findings.size(), 2u);
  for (auto const& finding : result.findings) EXPECT_EQ(finding.verdict, Verdict::inconclusive);
  ASSERT_EQ(result.notes.size(), 1u);
  EXPECT_NE(result.notes[0].find("influence-derivative on softmax on data: "), std::string::npos) << result.notes[0];
}

// Removing all of row 4 leaves two separated classes: no minimum there, but there is one on the way.
TEST(InfluenceDerivative, StandsWhereTheWholeRowCannotBeRemoved) {
  estimators::influence::Data data;
  data.inputs.resize(8, 1);
  data.inputs << -2, -1.5, -1, -0.5, 2, 0.5, 1, 1.5;
  data.targets.resize(8);
  data.targets << 0, 0, 0, 0, 0, 1, 1, 1;
  data.columns = {"x"};
  data.classes = {"no", "yes"};
  auto const result = run_of(with(derivative_trial("logistic", shared_data(data), 0), "margin", "0.1"));
  ASSERT_EQ(result.convergence.size(), 5u);
  EXPECT_TRUE(result.notes.empty());
  EXPECT_EQ(result.findings[0].verdict, Verdict::verified) << text_of(result.findings[0]);
  EXPECT_TRUE(std::isfinite(result.convergence[4].discrepancy));  // the median of rows that can
}

TEST(InfluenceDerivative, RefusesBadOptions) {
  EXPECT_EQ(refusal(with(iris_trial(), "points", "-1")), "option points is a whole number from 0 to 1000000");
  EXPECT_EQ(refusal(with(iris_trial(), "plant", "third")),
            "option plant cannot be 'third', choose one of: none, half, no-penalty, double-penalty, other-convention");
  EXPECT_EQ(refusal(with(iris_trial(), "convention", "C")), "option convention cannot be 'C', choose one of: A, B");
  EXPECT_EQ(refusal(with(iris_trial(), "depth", "0")), "option depth is a whole number from 1 to 20");
  EXPECT_EQ(refusal(with(iris_trial(), "margin", "-1")),
            "option margin is below 0 (the region would be empty), give one of zero or more");
  EXPECT_EQ(refusal(with(iris_trial(), "margin", "wide")), "option margin needs a number, not 'wide'");
  EXPECT_NE(refusal(with(iris_trial(), "step", "1")).find("option 'step'"), std::string::npos)
      << refusal(with(iris_trial(), "step", "1"));
  auto many = iris_trial();
  many.rows = 101;
  EXPECT_EQ(refusal(many), "'rows' is 101, but the data have 100 rows, give at most as many");
  EXPECT_NE(refusal(derivative_trial("logistic", whole_iris(), 1)).find("two classes"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::test

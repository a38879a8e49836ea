#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "estimators/influence/problems/problems.hpp"
#include "estimators/influence/removals/removal.hpp"
#include "tests/support/problem_data.hpp"
#include "tests/support/quadratic_problem.hpp"
#include "tests/support/removal_examples.hpp"
#include "tests/support/removal_path.hpp"

namespace fisherlab::estimators::influence {
namespace {

using test::conventions, test::example_of, test::examples, test::minimum_of, test::path, test::refusal_of,
    test::relative;

/// Without what the library's own problems offer beyond the concept: the dense path.
struct WithoutFactor : AnyProblem {
  explicit WithoutFactor(AnyProblem problem) : AnyProblem(std::move(problem)) {}
  std::optional<Matrix> curvature_factor(Data const&, int, Vector const&) const = delete;
};

TEST(OneStep, IsTheRefitForLeastSquaresAndRidge) {
  auto const [data, problem] = example_of(linear_problem, test::measured(25, 4));
  for (double const l2 : {0.0, 0.01, 0.5})
    for (Convention const convention : conventions) {
      Minimum const minimum = minimum_of(problem, data, l2);
      Matrix const steps = one_step_removals(minimum, convention);
      for (int k = 0; k < 25; ++k) {
        Risk const rest = without(minimum.risk, {k}, convention);
        EXPECT_LT(relative(steps.row(k).transpose(), test::newton(rest, minimum.theta) - minimum.theta), 1e-10) << k;
      }
    }
}

TEST(OneStep, IsRefutedForPlantedDefects) {
  auto const [data, problem] = example_of(linear_problem, test::measured(25, 4));
  for (Convention const convention : conventions) {
    Minimum const minimum = minimum_of(problem, data, 0.2);
    Convention const other = convention == Convention::mean ? Convention::total : Convention::mean;
    auto const error = [&](Matrix const& steps) {
      double worst = 0;
      for (int k = 0; k < 25; ++k)
        worst = std::max(worst, relative(steps.row(k).transpose(), path(minimum, {k}, convention, 1)));
      return worst;
    };
    Risk doubled = minimum.risk, unpenalised = minimum.risk;
    doubled.l2 *= 2;
    unpenalised.l2 = 0;
    EXPECT_LT(error(one_step_removals(minimum, convention)), 1e-10);
    EXPECT_GT(error(one_step_removals(minimum, other)), 0.01);
    EXPECT_GT(error(one_step_removals({doubled, minimum.theta}, convention)), 0.01);
    EXPECT_GT(error(one_step_removals({unpenalised, minimum.theta}, convention)), 0.01);
  }
}

TEST(OneStep, IsFirstOrderOverOneMinusLeverageForRidge) {
  auto const [data, problem] = example_of(linear_problem, test::measured(25, 4));
  for (double const l2 : {0.0, 0.2}) {
    Minimum const minimum = minimum_of(problem, data, l2);
    InverseHessian const inverse(minimum.risk, minimum.theta);
    Matrix const first = first_order_removals(minimum, Convention::total, inverse);
    Matrix const second = second_order_removals(minimum, Convention::total, inverse);
    Matrix const step = one_step_removals(minimum, Convention::total);
    Vector const h = leverages(minimum).leverage;
    Vector const ratio = reliability(first, second);
    for (int k = 0; k < 25; ++k) {
      EXPECT_LT((first.row(k) / (1 - h(k)) - step.row(k)).norm(), 1e-12 * step.row(k).norm()) << k;
      EXPECT_NEAR((first.row(k) - step.row(k)).norm() / step.row(k).norm(), h(k), 1e-12) << "error of first order";
      EXPECT_NEAR(ratio(k), h(k), 1e-11) << "reliability: next term of the series 1/(1 - h) = 1 + h + ...";
    }
  }
}

TEST(OneStep, IsANewtonStepOnTheReducedRiskByEitherPath) {
  int compared = 0;
  for (auto const& [data, problem] : examples()) {
    Minimum const minimum = minimum_of(problem, data, 0.03);
    ASSERT_TRUE(problem.curvature_factor(data, 0, minimum.theta).has_value());
    Minimum const dense{mean_risk(AnyProblem(WithoutFactor(problem)), data, 0.03), minimum.theta};
    ASSERT_FALSE(dense.risk.problem.curvature_factor(data, 0, minimum.theta).has_value());
    for (Convention const convention : conventions) {
      Matrix const by_factor = one_step_removals(minimum, convention);
      Matrix const by_hessian = one_step_removals(dense, convention);
      for (int k = 0; k < data.rows(); ++k, ++compared) {
        Risk const rest = without(minimum.risk, {k}, convention);
        Vector const newton = -Eigen::LDLT<Matrix>(rest.hessian(minimum.theta)).solve(rest.gradient(minimum.theta));
        EXPECT_LT(relative(by_factor.row(k).transpose(), newton), 1e-10) << problem.name() << k;
        EXPECT_LT(relative(by_hessian.row(k).transpose(), newton), 1e-10) << problem.name() << k;
      }
    }
  }
  EXPECT_EQ(compared, 240);
}

TEST(CurvatureFactor, IsARootOfTheHessianOfItsRow) {
  for (auto const& [data, problem] : examples())
    for (double const size : {0.4, 3.0, 60.0}) {
      Vector theta(problem.penalised().size());
      for (Eigen::Index j = 0; j < theta.size(); ++j) theta(j) = size * std::sin(1.0 + 1.7 * static_cast<double>(j));
      if (problem.name() == "poisson") theta /= size;  // exp(eta) of hundreds is no test of this
      for (int k = 0; k < 30; ++k) {
        Matrix const f = *problem.curvature_factor(data, k, theta);
        Matrix const h = problem.hessian(rows_of(data, {k}), Vector::Ones(1), theta);
        EXPECT_LT((f * f.transpose() - h).norm(), 1e-12 * h.norm() + 1e-300) << problem.name() << k << ' ' << size;
      }
    }
}

TEST(OneStep, IsNotDefinedWhereARowAloneHoldsADirection) {
  Data data = test::measured(20, 2);
  data.inputs.col(1).setZero();
  data.inputs(4, 1) = 3;  // h = 1
  Minimum const minimum = minimum_of(linear_problem(data), data, 0);
  Minimum const dense{mean_risk(AnyProblem(WithoutFactor(linear_problem(data))), data, 0), minimum.theta};
  Leverage const found = leverages(minimum);
  EXPECT_NEAR(found.leverage(4), 1, 1e-12);
  for (Minimum const& each : {minimum, dense}) {
    Matrix const steps = one_step_removals(each, Convention::total);
    for (int k = 0; k < 20; ++k) EXPECT_EQ(steps.row(k).hasNaN(), k == 4) << k;
  }
  for (int k = 0; k < 20; ++k) EXPECT_EQ(std::isnan(found.cook(k)), k == 4) << k;
}

TEST(OneStep, IsNotDefinedWhereTheRestCurvesDown) {
  Data data = test::normal_inputs(3, 1);
  data.inputs << 4, -1, -1;  // without the first row the rest has no minimum
  data.targets << 1, 2, 3;
  Minimum const minimum = minimum_of(test::ScalarProblem{}, data, 0.1);
  Matrix const steps = one_step_removals(minimum, Convention::total);
  EXPECT_TRUE(std::isnan(steps(0, 0)));
  // H = 2/3 + 0.1; without row 1: (4 - 1)/3 + 0.1; c = x theta - y
  for (int const k : {1, 2}) {
    double const c = -minimum.theta(0) - data.targets(k);
    EXPECT_NEAR(steps(k, 0), c / 3 / (1 + 0.1), 1e-14);
  }
}

TEST(Leverages, NeedAScalarLinearPredictor) {
  auto const [data, problem] = example_of(softmax_problem, test::classified(30, 2, 3));
  Minimum const minimum = minimum_of(problem, data, 0.05);
  EXPECT_NE(refusal_of([&] { leverages(minimum); }).find("softmax has no scalar linear predictor"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::estimators::influence

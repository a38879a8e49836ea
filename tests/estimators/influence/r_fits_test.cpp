#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "estimators/influence/problems/problems.hpp"
#include "estimators/influence/problems/risk.hpp"
#include "tests/estimators/samples.hpp"

namespace fisherlab::estimators::influence {
namespace {

/// One fit by R, tests/data/influence_fits.R.
struct FitByR {
  Data data;
  Vector estimate;
  Matrix vcov;
  double loss = 0, variance = 1;
};

/// The numbers called `what`, by row and column; rows come in order, and columns within them or the other way round.
Matrix numbers(std::string const& problem, std::string const& what) {
  std::map<std::pair<int, int>, double> cells;
  int rows = 0, columns = 0;
  for (auto const& r : test::read_rows(std::string(FISHERLAB_TEST_DATA_DIR) + "/influence_fits.csv"))
    if (r.at(0) == problem && r.at(1) == what) {
      int const i = std::stoi(r.at(2)), j = std::stoi(r.at(3));
      cells[{i, j}] = std::stod(r.at(4));
      rows = std::max(rows, i + 1);
      columns = std::max(columns, j + 1);
    }
  Matrix result = Matrix::Zero(rows, columns);
  for (auto const& [cell, value] : cells) result(cell.first, cell.second) = value;
  return result;
}

FitByR fit_by_r(std::string const& problem) {
  FitByR fit;
  Matrix const inputs = numbers(problem, "input");  // column 0, the intercept, is not in the file
  fit.data.inputs = inputs.rightCols(inputs.cols() - 1);
  fit.data.targets = numbers(problem, "target");
  fit.estimate = numbers(problem, "estimate").transpose();
  fit.vcov = numbers(problem, "vcov");
  fit.loss = numbers(problem, "loss")(0, 0);
  if (problem == "linear") fit.variance = numbers(problem, "variance")(0, 0);
  return fit;
}

struct RFits : testing::TestWithParam<char const*> {};

TEST_P(RFits, AreMinimaWithRsLossAndCovariance) {
  auto const fit = fit_by_r(GetParam());
  auto const problem = make_problem(GetParam(), fit.data);
  Vector const ones = Vector::Ones(fit.data.rows());
  ASSERT_GE(fit.data.rows(), 20);
  EXPECT_NEAR(problem.losses(fit.data, fit.estimate).sum() / fit.loss, 1, 1e-13);

  // Both in units of the standard errors, whose errors in R are those of its normal equations.
  Vector const std_errors = fit.vcov.diagonal().cwiseSqrt();
  Vector const gradient = problem.gradient(fit.data, ones, fit.estimate);
  EXPECT_LE(gradient.cwiseProduct(std_errors).cwiseAbs().maxCoeff(), 1e-10);
  Matrix const hessian = problem.hessian(fit.data, ones, fit.estimate);
  Matrix const vcov = fit.variance * hessian.llt().solve(Matrix::Identity(hessian.rows(), hessian.cols()));
  Matrix const relative = (vcov - fit.vcov).cwiseQuotient(std_errors * std_errors.transpose());
  EXPECT_LE(relative.cwiseAbs().maxCoeff(), 1e-10);
}

TEST_P(RFits, AreMovedByAPenalty) {
  // A penalty of 0.1 on R's minimum: the gradient is the penalty's alone, and leaves the intercept at rest.
  auto const fit = fit_by_r(GetParam());
  Vector const gradient = mean_risk(make_problem(GetParam(), fit.data), fit.data, 0.1).gradient(fit.estimate);
  Vector expected = 0.1 * fit.estimate;
  expected[0] = 0;
  EXPECT_LE((gradient - expected).cwiseAbs().maxCoeff(), 1e-9);
}

INSTANTIATE_TEST_SUITE_P(Influence, RFits, testing::Values("linear", "logistic", "poisson"),
                         [](auto const& instance) { return std::string(instance.param); });

}  // namespace
}  // namespace fisherlab::estimators::influence

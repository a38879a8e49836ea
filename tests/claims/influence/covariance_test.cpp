#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/data_cases.hpp"

namespace fisherlab::test {
namespace {

using estimators::influence::Matrix;
using estimators::influence::Vector;

DataTrial covariance_trial(std::string const& problem, DataPointer data, double l2, int rows = 0) {
  return {"influence-covariance", problem, std::move(data), l2, rows};
}

TEST(InfluenceCovariance, HoldsWithRowsToSpare) {
  expect_verified(covariance_trial("poisson", warp_breaks(), 0));
  expect_verified(covariance_trial("logistic", shared_data(classified(400, 2, 2)), 0, 350), 10);
  expect_verified(covariance_trial("linear", shared_data(measured(300, 3)), 0, 250), 10);
}

TEST(InfluenceCovariance, IsRefutedForTheHessianAloneOnScatteredCounts) {
  expect_refuted(with(covariance_trial("poisson", warp_breaks(), 0), "form", "hessian"));
  expect_refuted(with(covariance_trial("poisson", shared_data(counted(300, 2)), 0, 250), "form", "hessian"), 10);
}

// One input of mean zero, groups at -1 and 1 with m rows and within-group sums of squares s: group means have the
// influence covariance s/m^2 and the jackknife (2m - 1)/(2m) s/(m - 1)^2, the same factor for both.
TEST(InfluenceCovariance, HasTheErrorOfGroupMeansOnPaper) {
  int const m = 6;
  estimators::influence::Data data;
  data.inputs.resize(2 * Eigen::Index{m}, 1);
  data.targets.resize(2 * Eigen::Index{m});
  for (int i = 0; i < 2 * m; ++i) {
    data.inputs(i, 0) = i < m ? -1 : 1;
    data.targets[i] = i * i % 11;
  }
  data.columns = {"group"};
  double const n = 2 * m;
  double const ratio = (m - 1.0) * (m - 1.0) / (m * m) * n / (n - 1);  // influence over jackknife
  EXPECT_NEAR(value_of(run_of(covariance_trial("linear", shared_data(data), 0))), 1 - ratio, 1e-9);
}

/// H^-1 M H^-1/n of least squares with M the mean of r^2 z z': White's sandwich, by elimination on paper's 2 x 2.
Matrix white(Vector const& x, Vector const& y) {
  auto const n = static_cast<double>(x.size());
  double const xbar = x.mean();
  double const sxx = (x.array() - xbar).square().sum();
  double const slope = ((x.array() - xbar) * y.array()).sum() / sxx;
  Vector const r = y.array() - y.mean() - slope * (x.array() - xbar);
  Matrix a(2, 2);  // n H^-1 of (1, x)
  a << 1 / n + xbar * xbar / sxx, -xbar / sxx, -xbar / sxx, 1 / sxx;
  Matrix meat = Matrix::Zero(2, 2);
  for (Eigen::Index i = 0; i < x.size(); ++i) {
    Eigen::Vector2d const z(1, x[i]);
    meat += r[i] * r[i] * z * z.transpose();
  }
  return a * meat * a;
}

/// The jackknife of least squares on one input, each row left out by arithmetic.
Matrix jackknife(Vector const& x, Vector const& y) {
  auto const n = x.size();
  Matrix thetas(n, 2);
  for (Eigen::Index k = 0; k < n; ++k) {
    double sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (Eigen::Index i = 0; i < n; ++i) {
      if (i == k) continue;
      sx += x[i];
      sy += y[i];
      sxx += x[i] * x[i];
      sxy += x[i] * y[i];
    }
    auto const left = static_cast<double>(n - 1);
    double const slope = (left * sxy - sx * sy) / (left * sxx - sx * sx);
    thetas.row(k) << (sy - slope * sx) / left, slope;
  }
  Eigen::RowVectorXd const mean = thetas.colwise().mean();
  thetas.rowwise() -= mean;
  return static_cast<double>(n - 1) / static_cast<double>(n) * thetas.transpose() * thetas;
}

/// The largest |eigenvalue of B^-1 A less 1| of symmetric 2 x 2, by the quadratic formula.
double largest_error(Matrix const& a, Matrix const& b) {
  auto const determinant = [](Matrix const& m) { return m(0, 0) * m(1, 1) - m(0, 1) * m(1, 0); };
  Matrix adjugate(2, 2);
  adjugate << b(1, 1), -b(0, 1), -b(1, 0), b(0, 0);
  Matrix const c = adjugate * a / determinant(b);
  double const half = c.trace() / 2;
  double const root = std::sqrt(half * half - determinant(c));
  return std::max(std::fabs(half + root - 1), std::fabs(half - root - 1));
}

TEST(InfluenceCovariance, ComparesTheSandwichWithTheJackknife) {
  auto const data = measured(40, 1, 5);
  double const expected =
      largest_error(white(data.inputs.col(0), data.targets), jackknife(data.inputs.col(0), data.targets));
  EXPECT_GT(expected, 0.02);
  EXPECT_NEAR(value_of(run_of(covariance_trial("linear", shared_data(data), 0))), expected, 1e-8);
}

// Adding the same number to all intercepts of softmax moves no loss, so its jackknife covariance is singular: that is
// told, not judged. Nor is that of fewer rows than parameters.
TEST(InfluenceCovariance, StaysOpenWhereTheJackknifeIsSingular) {
  for (auto const& singular :
       {covariance_trial("softmax", whole_iris(), 0.1), covariance_trial("logistic", iris_pair(), 0.1, 4)}) {
    auto const result = run_of(singular);
    ASSERT_EQ(result.findings.size(), 1u);
    EXPECT_EQ(result.findings[0].verdict, Verdict::inconclusive) << text_of(result.findings[0]);
    ASSERT_EQ(result.notes.size(), 1u);
    EXPECT_NE(result.notes[0].find("the jackknife covariance is singular"), std::string::npos) << result.notes[0];
  }
}

TEST(InfluenceCovariance, RefusesBadOptions) {
  EXPECT_EQ(refusal(with(covariance_trial("poisson", warp_breaks(), 0), "form", "sandwich")),
            "option form cannot be 'sandwich', choose one of: influence, hessian");
}

}  // namespace
}  // namespace fisherlab::test

#include "estimators/influence/removals/refit.hpp"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "sim/engine/engine.hpp"
#include "tests/support/problem_data.hpp"
#include "tests/support/removal_examples.hpp"
#include "tests/support/removal_path.hpp"

namespace fisherlab::estimators::influence {
namespace {

using test::classified;
using test::conventions;
using test::counted;
using test::measured;
using test::trained_minimum;

/// A problem with its data and penalty.
struct Case {
  std::string name;
  Data data;
  AnyProblem problem;
  double l2;
};

std::vector<Case> cases() {
  std::vector<Case> all;
  auto const add = [&](std::string const& name, Data data, AnyProblem (*make)(Data const&), double l2) {
    AnyProblem problem = make(data);
    all.push_back({name, std::move(data), std::move(problem), l2});
  };
  add("linear", measured(40, 3), linear_problem, 0);
  add("logistic", classified(60, 4, 2), logistic_problem, 0.02);
  add("poisson", counted(50, 2), poisson_problem, 0.1);
  add("softmax", classified(70, 3, 4), softmax_problem, 0.03);
  return all;
}

/// The largest entry of the gradient of what is left, at the refitted theta.
double gradient_left(Minimum const& minimum, Refit const& refit, Convention convention) {
  Vector const theta = minimum.theta + refit.change;
  return without(minimum.risk, refit.rows, convention).gradient(theta).cwiseAbs().maxCoeff();
}

TEST(Refit, EqualsTheNormalEquationsOfRidgeInBothConventions) {
  Data const data = measured(30, 4, 5);
  double const l2 = 0.07;
  Minimum const minimum = trained_minimum(linear_problem(data), data, l2);
  Matrix x(30, 5);
  x << Vector::Ones(30), data.inputs;
  Matrix penalty = Matrix::Identity(5, 5);
  penalty(0, 0) = 0;
  for (Convention const convention : conventions) {
    auto const refits = refit_without(minimum, each_row(30), convention, {.gradient_norm = 1e-13});
    ASSERT_EQ(refits.size(), 30u);
    for (int k = 0; k < 30; ++k) {
      Vector weight = Vector::Ones(30);
      weight[k] = 0;
      double const total = convention == Convention::mean ? 29 : 30;
      Matrix const normal = x.transpose() * weight.asDiagonal() * x / total + l2 * penalty;
      Vector const theta = normal.lu().solve(x.transpose() * weight.cwiseProduct(data.targets) / total);
      Refit const& refit = refits[static_cast<std::size_t>(k)];
      EXPECT_EQ(refit.rows, std::vector<int>{k});
      EXPECT_LE((minimum.theta + refit.change - theta).cwiseAbs().maxCoeff(), 1e-10) << k;
    }
  }
}

TEST(Refit, EqualsTheLeverageFormOfLeastSquares) {
  Data const data = measured(25, 3, 6);
  Minimum const minimum = trained_minimum(linear_problem(data), data, 0);
  Matrix x(25, 4);
  x << Vector::Ones(25), data.inputs;
  Matrix const inverse = (x.transpose() * x).inverse();
  for (Convention const convention : conventions) {  // without a penalty they are the same
    auto const refits = refit_without(minimum, each_row(25), convention, {.gradient_norm = 1e-13});
    for (int k = 0; k < 25; ++k) {
      double const residual = data.targets[k] - x.row(k).dot(minimum.theta);
      double const leverage = x.row(k) * inverse * x.row(k).transpose();
      Vector const exact = -inverse * x.row(k).transpose() * residual / (1 - leverage);
      EXPECT_LE((refits[static_cast<std::size_t>(k)].change - exact).cwiseAbs().maxCoeff(), 1e-10) << k;
    }
  }
}

/// Single rows, a pair, a tenth, a third and two thirds of the rows: corrected factors, a factor of their own, and
/// searches in which the chord stalls.
std::vector<std::vector<int>> many_groups(int n) {
  std::vector<std::vector<int>> groups = {{0}, {n - 1}, {1, 3}};
  for (int const size : {n / 10, n / 3, 2 * n / 3}) {
    groups.emplace_back(static_cast<std::size_t>(size));
    std::iota(groups.back().begin(), groups.back().end(), 2);
  }
  return groups;
}

TEST(Refit, EqualsAFitFromScratch) {
  for (Case const& c : cases()) {
    Minimum const minimum = trained_minimum(c.problem, c.data, c.l2);
    for (Convention const convention : conventions) {
      auto const groups = many_groups(c.data.rows());
      auto const warm = refit_without(minimum, groups, convention);
      auto const cold = refit_without(minimum, groups, convention, {.warm = false, .gradient_norm = 1e-13});
      for (std::size_t g = 0; g < groups.size(); ++g) {
        EXPECT_EQ(warm[g].trained.status, TrainStatus::converged) << c.name;
        EXPECT_LE(gradient_left(minimum, warm[g], convention), 1e-10) << c.name << ", group " << g;
        EXPECT_GT(warm[g].change.norm(), 1e-4) << c.name << ", group " << g;
        EXPECT_LE((warm[g].change - cold[g].change).norm(), 1e-8 * warm[g].change.norm()) << c.name << ", group " << g;
      }
    }
  }
}

/// Least squares without the factors of its rows' curvature, as a problem of a user may be.
struct Unfactored : AnyProblem {
  explicit Unfactored(AnyProblem problem) : AnyProblem(std::move(problem)) {}
};

TEST(Refit, IsOneStepOfLeastSquaresWithAFactorCorrectedByItsOwnRow) {
  static_assert(!FactoredProblem<Unfactored>);
  Data const data = measured(60, 8, 7);  // leverages about 0.15: an uncorrected chord takes ten steps
  for (AnyProblem const& problem : {linear_problem(data), AnyProblem(Unfactored(linear_problem(data)))}) {
    Minimum const minimum = trained_minimum(problem, data, 0);
    for (Refit const& refit : refit_without(minimum, each_row(60), Convention::total)) {
      EXPECT_LE(gradient_left(minimum, refit, Convention::total), 1e-13);
      EXPECT_EQ(refit.trained.iterations, 2) << refit.rows[0];  // the second polishes the first
    }
  }
}

TEST(Refit, TellsTheConventionsApart) {
  Data const data = classified(60, 4, 2);
  Minimum const minimum = trained_minimum(logistic_problem(data), data, 0.02);
  auto const mean = refit_without(minimum, {{3}}, Convention::mean);
  auto const total = refit_without(minimum, {{3}}, Convention::total);
  EXPECT_GT((mean[0].change - total[0].change).norm(), 1e-3 * mean[0].change.norm());
}

TEST(Refit, GivesTheSameBitsForAnyNumberOfThreads) {
  Data const data = classified(70, 3, 3);
  Minimum const minimum = trained_minimum(softmax_problem(data), data, 0.02);
  for (bool const warm : {true, false}) {
    auto const one = refit_without(minimum, each_row(70), Convention::mean, {.threads = 1, .warm = warm});
    auto const two = refit_without(minimum, each_row(70), Convention::mean, {.threads = 2, .warm = warm});
    auto const five = refit_without(minimum, each_row(70), Convention::mean, {.threads = 5, .warm = warm});
    for (std::size_t k = 0; k < 70; ++k) {
      EXPECT_EQ(one[k].change, two[k].change) << k;
      EXPECT_EQ(one[k].change, five[k].change) << k;
    }
  }
}

TEST(Refit, ChangesNothingWhereNothingIsRemoved) {
  for (Case const& c : cases()) {
    Minimum const minimum = trained_minimum(c.problem, c.data, c.l2);
    for (Convention const convention : conventions) {
      auto const refits = refit_without(minimum, {{}}, convention);
      EXPECT_LE(refits[0].change.cwiseAbs().maxCoeff(), 1e-10) << c.name;
      EXPECT_LE(refits[0].trained.iterations, 1) << c.name;
    }
  }
}

TEST(Refit, StopsWhenToldAndTellsHowFarItIs) {
  Data const data = classified(60, 4, 2);
  Minimum const minimum = trained_minimum(logistic_problem(data), data, 0.02);
  std::vector<std::int64_t> told;
  RefitSettings settings{.advance = [&](std::int64_t done) { told.push_back(done); }};
  refit_without(minimum, each_row(5), Convention::mean, settings);
  EXPECT_EQ(told, (std::vector<std::int64_t>{1, 2, 3, 4, 5}));
  int asked = 0;
  settings.stop = [&] { return ++asked > 7; };
  told.clear();
  EXPECT_THROW(refit_without(minimum, each_row(60), Convention::mean, settings), sim::Interrupted);
  EXPECT_EQ(told.size(), 7u);
}

TEST(Refit, ExceedsTheDataWithAnError) {
  Data const data = measured(10, 2);
  Minimum const minimum = trained_minimum(linear_problem(data), data, 0.1);
  EXPECT_THROW(refit_without(minimum, {{10}}, Convention::mean), InputError);
  EXPECT_THROW(refit_without(minimum, {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}}, Convention::mean), InputError);
}

TEST(Refit, IsNotANumberWhereARowCarriesAParameterAlone) {
  // One input or six: a factor of the row's own, or a corrected one; the curvature left is rounding of either sign.
  for (int const inputs : {1, 6})
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      Data data = measured(20, inputs, seed);
      data.inputs.col(0).setZero();
      data.inputs(4, 0) = 1.0 / static_cast<double>(seed);  // no other row tells of this input
      Minimum const minimum = trained_minimum(linear_problem(data), data, 0);
      auto const refits = refit_without(minimum, {{4}, {5}}, Convention::mean);
      EXPECT_NE(refits[0].trained.status, TrainStatus::converged) << inputs << " inputs, seed " << seed;
      EXPECT_TRUE(refits[0].change.array().isNaN().all()) << inputs << " inputs, seed " << seed;
      EXPECT_EQ(refits[1].trained.status, TrainStatus::converged) << inputs << " inputs, seed " << seed;
    }
}

TEST(EpsPath, LeavesTheMinimumAtTheRateOfTheFirstOrder) {
  for (Case const& c : cases()) {
    Minimum const minimum = trained_minimum(c.problem, c.data, c.l2 + 0.05);
    Matrix const inverse = minimum.risk.hessian(minimum.theta).inverse();
    int const n = c.data.rows();
    for (Convention const convention : conventions) {
      Matrix const removed = removed_gradients(minimum.risk, minimum.theta, convention);
      for (int const row : {0, n / 2, n - 1}) {
        Vector const rate = inverse * removed.row(row).transpose() / n;
        auto const ratio = [&](double q) {
          Vector const change = eps_path(minimum, row, convention, q) - minimum.theta;
          return rate.dot(change) / (q * rate.squaredNorm());
        };
        double const coarse = std::abs(ratio(1.0 / 16) - 1);
        double const fine = std::abs(ratio(1.0 / 64) - 1);
        EXPECT_LE(fine, 0.02) << c.name << ", row " << row;
        if (coarse > 1e-4) {
          EXPECT_NEAR(coarse / fine, 4, 0.4) << c.name << ", row " << row;
        }
      }
    }
  }
}

TEST(EpsPath, EndsAtTheRefit) {
  Data const data = classified(60, 4, 2);
  Minimum const minimum = trained_minimum(logistic_problem(data), data, 0.02);
  for (Convention const convention : conventions) {
    auto const refits = refit_without(minimum, {{7}}, convention);
    Vector const end = eps_path(minimum, 7, convention, 1) - minimum.theta;
    EXPECT_LE((end - refits[0].change).cwiseAbs().maxCoeff(), 1e-8);
    EXPECT_LE((eps_path(minimum, 7, convention, 0) - minimum.theta).cwiseAbs().maxCoeff(), 1e-9);
  }
  EXPECT_THROW(eps_path(minimum, 7, Convention::mean, 1.5), InputError);
}

}  // namespace
}  // namespace fisherlab::estimators::influence

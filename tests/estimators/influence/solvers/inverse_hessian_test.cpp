#include "estimators/influence/solvers/inverse_hessian.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "estimators/influence/solvers/krylov.hpp"
#include "tests/support/problem_data.hpp"
#include "tests/support/quadratic_problem.hpp"

namespace fisherlab::estimators::influence {
namespace {

Vector wave(Eigen::Index p) {
  Vector v(p);
  for (Eigen::Index i = 0; i < p; ++i) v(i) = 0.3 + std::cos(1.0 + 2.3 * static_cast<double>(i));
  return v;
}

/// A risk whose Hessian is `a`.
struct Quadratic {
  explicit Quadratic(Matrix a) : data(test::normal_inputs(2, 1)) {
    theta = Vector::Zero(a.rows());
    risk = std::make_unique<Risk>(mean_risk(test::QuadraticProblem{std::move(a)}, data, 0));
  }
  Data data;
  Vector theta;
  std::unique_ptr<Risk> risk;

  Solution solve(SolverSettings const& settings, Vector const& v) const {
    return InverseHessian(*risk, theta, settings).solve(v);
  }
};

std::string refusal(Risk const& risk, Vector const& theta, SolverSettings const& settings) {
  try {
    InverseHessian(risk, theta, settings);
  } catch (InputError const& error) {
    return error.what();
  }
  return "";
}

void expect_contains(std::string const& text, std::string const& part) {
  EXPECT_NE(text.find(part), std::string::npos) << "in: " << text;
}

TEST(InverseHessian, IsTheSameByAllSolvers) {
  Data const data = test::classified(60, 4, 3);
  Risk const risk = mean_risk(softmax_problem(data), data, 0.02);
  auto const p = risk.problem.penalised().size();
  Vector const theta = 0.3 * wave(p), v = wave(p).reverse();
  InverseHessian const reference(risk, theta);
  Solution const exact = reference.solve(v);
  EXPECT_TRUE(exact.solved) << exact.problem;
  EXPECT_EQ(exact.iterations, 0);
  EXPECT_LT((risk.hessian(theta) * exact.x - v).norm(), 1e-13 * v.norm());
  for (Solver const solver : {Solver::conjugate_gradient, Solver::lissa, Solver::lanczos}) {
    Solution const found = InverseHessian(risk, theta, {.solver = solver}).solve(v);
    EXPECT_TRUE(found.solved) << solver_text(solver) << ": " << found.problem;
    EXPECT_LE(found.residual, 1e-10) << solver_text(solver);
    EXPECT_LT((found.x - exact.x).norm(), 1e-8 * exact.x.norm()) << solver_text(solver);
    EXPECT_NEAR(found.residual, (risk.hessian(theta) * found.x - v).norm() / v.norm(), 1e-13);
    EXPECT_GT(found.iterations, 0);
  }
}

TEST(InverseHessian, TakesAsManyProductsAsThereAreEigenvalues) {
  Vector values(30);
  for (Eigen::Index i = 0; i < 30; ++i) values(i) = std::pow(4.0, static_cast<double>(i % 4));  // four of them
  Quadratic const problem(test::with_eigenvalues(values));
  for (Solver const solver : {Solver::conjugate_gradient, Solver::lanczos}) {
    Solution const found = problem.solve({.solver = solver}, wave(30));
    EXPECT_TRUE(found.solved) << found.problem;
    EXPECT_EQ(found.iterations, 4) << solver_text(solver);
  }
}

TEST(InverseHessian, NeedsIterationsLikeTheRootOfTheConditionNumber) {
  auto const iterations = [](double condition) {
    Vector values(400);  // the nodes of Chebyshev, the worst spectrum of a given condition number
    for (Eigen::Index i = 0; i < 400; ++i)
      values(i) = (1 + condition) / 2 - (condition - 1) / 2 * std::cos(M_PI * (static_cast<double>(i) + 0.5) / 400);
    return Quadratic(values.asDiagonal())
        .solve({.solver = Solver::conjugate_gradient, .tolerance = 1e-6}, wave(400))
        .iterations;
  };
  double const few = iterations(10), more = iterations(40), many = iterations(160);
  EXPECT_NEAR(more / few, 2, 0.3);
  EXPECT_NEAR(many / more, 2, 0.3);
}

TEST(Lissa, IsItsSeriesAfterAnyNumberOfSteps) {
  Vector values(5);
  values << 0.5, 1, 2, 3, 4;
  Matrix const h = test::with_eigenvalues(values);
  Vector const v = wave(5);
  double const scale = 4.5;
  Vector series = Vector::Zero(5);
  for (int j = 1; j <= 12; ++j) {
    series = (v / scale + series - h * series / scale).eval();
    Solution const found = lissa([&](Vector const& t) -> Vector { return h * t; }, scale, v, 1e-10, j);
    EXPECT_LT((found.x - series).norm(), 1e-14 * series.norm()) << j;
    EXPECT_EQ(found.iterations, j);
    EXPECT_FALSE(found.solved);
  }
}

TEST(Spectrum, BoundsTheLargestEigenvalueFromWithin) {
  Vector values(80);
  for (Eigen::Index i = 0; i < 80; ++i) values(i) = 1 + 0.1 * static_cast<double>(i);
  Matrix const h = test::with_eigenvalues(values);
  Spectrum const ends = spectrum([&](Vector const& t) -> Vector { return h * t; }, 80, 30);
  EXPECT_LE(ends.largest, 8.9 + 1e-12);
  EXPECT_GE(ends.largest + ends.margin, 8.9 - 1e-3);
  EXPECT_GE(ends.smallest, 1 - 1e-12);
  EXPECT_LE(ends.smallest, 1.05);
}

TEST(InverseHessian, TellsNegativeCurvatureWithItsNumbers) {
  Vector values(6);
  values << 5, 4, 3, 2, 1, -0.25;
  Quadratic const problem(test::with_eigenvalues(values));
  Vector const v = wave(6);
  expect_contains(refusal(*problem.risk, problem.theta, {}), "smallest eigenvalue -0.25");
  expect_contains(refusal(*problem.risk, problem.theta, {.solver = Solver::lissa}), "t'Ht/t't = -0.25");
  for (Solver const solver : {Solver::conjugate_gradient, Solver::lanczos}) {
    Solution const found = problem.solve({.solver = solver}, v);
    EXPECT_FALSE(found.solved) << solver_text(solver);
    expect_contains(found.problem, "not positive definite (t'Ht/t't = -0.");
  }
  for (Solver const solver : {Solver::cholesky, Solver::conjugate_gradient, Solver::lissa, Solver::lanczos})
    EXPECT_TRUE(problem.solve({.solver = solver, .damping = 0.5}, v).solved) << "enough damping mends it";
}

TEST(InverseHessian, IsRefusedWhereSoftmaxHasNoPenalty) {
  Data const data = test::classified(50, 3, 3);
  Risk const risk = mean_risk(softmax_problem(data), data, 0);
  expect_contains(refusal(risk, Vector::Zero(12), {}), "smallest eigenvalue");
}

TEST(InverseHessian, NeverReturnsAnEstimateSilently) {
  Vector values(40);
  for (Eigen::Index i = 0; i < 40; ++i) values(i) = 1 + static_cast<double>(i * i);
  Matrix const h = test::with_eigenvalues(values);
  Quadratic const problem(h);
  Vector const v = wave(40);
  for (SolverSettings const& settings : {SolverSettings{.solver = Solver::conjugate_gradient, .max_iterations = 5},
                                         SolverSettings{.solver = Solver::lissa, .max_iterations = 5},
                                         SolverSettings{.solver = Solver::lanczos, .rank = 5}}) {
    Solution const found = problem.solve(settings, v);
    EXPECT_FALSE(found.solved);
    EXPECT_EQ(found.iterations, 5) << solver_text(settings.solver);
    EXPECT_NEAR(found.residual, (h * found.x - v).norm() / v.norm(), 1e-12);
    EXPECT_GT(found.residual, 1e-3);
    expect_contains(found.problem, "above the tolerance 1e-10");
    expect_contains(found.problem, "5");
  }
}

TEST(InverseHessian, IsDampedOnlyWhenAsked) {
  Matrix const h = test::with_eigenvalues(Vector::LinSpaced(8, 1, 8));
  Quadratic const problem(h);
  Vector const v = wave(8);
  for (Solver const solver : {Solver::cholesky, Solver::conjugate_gradient, Solver::lissa, Solver::lanczos}) {
    Vector const plain = problem.solve({.solver = solver}, v).x;
    Solution const damped = problem.solve({.solver = solver, .damping = 0.7}, v);
    EXPECT_LT((h * plain - v).norm(), 1e-9);
    EXPECT_LT((h * damped.x + 0.7 * damped.x - v).norm(), 1e-9);
    EXPECT_LE(damped.residual, 1e-10) << "of the damped system";
  }
}

TEST(InverseHessian, SolvesInAnyUnits) {
  Data data = test::measured(50, 3);
  Vector const units{{1.0, 1e6, 1e-5, 1e3}};
  Risk const plain = mean_risk(linear_problem(data), data, 0);
  Vector const v = wave(4);
  Vector const expected = InverseHessian(plain, Vector::Zero(4)).solve(v).x;
  data.inputs = data.inputs * units.tail(3).asDiagonal();  // theta and its gradient change with the units
  Solution const found = InverseHessian(plain, Vector::Zero(4)).solve(units.cwiseProduct(v));
  EXPECT_TRUE(found.solved) << found.problem;
  Vector const back = units.cwiseProduct(found.x);
  for (int j = 0; j < 4; ++j) EXPECT_NEAR(back(j) / expected(j), 1, 1e-9) << j;
}

TEST(InverseHessian, OfZeroIsZero) {
  Quadratic const problem(test::with_eigenvalues(Vector::LinSpaced(4, 1, 4)));
  for (Solver const solver : {Solver::cholesky, Solver::conjugate_gradient, Solver::lissa, Solver::lanczos}) {
    Solution const found = problem.solve({.solver = solver}, Vector::Zero(4));
    EXPECT_TRUE(found.solved) << solver_text(solver) << found.problem;
    EXPECT_EQ(found.x.norm(), 0);
    EXPECT_EQ(found.residual, 0);
  }
}

TEST(InverseHessian, HasTheSameBitsForAnyNumberOfThreads) {
  Data const data = test::classified(150, 3, 2);
  Risk const risk = mean_risk(logistic_problem(data), data, 0.01);
  Vector const theta = 0.5 * wave(4);
  Matrix const v = risk.problem.gradients(data, theta).transpose();
  for (Solver const solver : {Solver::cholesky, Solver::conjugate_gradient}) {
    InverseHessian const inverse(risk, theta, {.solver = solver});
    auto const one = inverse.solve_each(v, 1), three = inverse.solve_each(v, 3);
    ASSERT_EQ(one.size(), 150u);
    for (std::size_t k = 0; k < one.size(); ++k) {
      EXPECT_EQ((one[k].x - three[k].x).norm(), 0);
      EXPECT_LT((one[k].x - inverse.solve(v.col(static_cast<Eigen::Index>(k))).x).norm(), 1e-9 * one[k].x.norm());
    }
  }
}

TEST(InverseHessian, RefusesSettingsThatMakeNoSense) {
  Quadratic const problem(Matrix::Identity(3, 3));
  expect_contains(refusal(*problem.risk, Vector::Zero(2), {}), "theta has 2 entries");
  expect_contains(refusal(*problem.risk, problem.theta, {.tolerance = 0}), "tolerance");
  expect_contains(refusal(*problem.risk, problem.theta, {.damping = -1}), "damping is -1");
  expect_contains(refusal(*problem.risk, problem.theta, {.rank = -1}), "rank");
  EXPECT_THROW(problem.solve({}, Vector::Zero(4)), InputError);
}

TEST(Solver, HasAWordThatReadsBack) {
  for (Solver const solver : {Solver::cholesky, Solver::conjugate_gradient, Solver::lissa, Solver::lanczos})
    EXPECT_EQ(solver_of(solver_text(solver)), solver);
  EXPECT_EQ(solver_text(Solver::conjugate_gradient), std::string("cg"));
  EXPECT_FALSE(solver_of("qr").has_value());
}

}  // namespace
}  // namespace fisherlab::estimators::influence

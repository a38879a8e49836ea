#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <cmath>
#include <memory>
#include <string>

#include "estimators/influence/problems/problems.hpp"
#include "estimators/influence/removals/removal.hpp"
#include "tests/support/problem_data.hpp"
#include "tests/support/removal_path.hpp"

namespace fisherlab::estimators::influence {
namespace {

/// Two hidden layers of three, trained to a minimum.
struct Network {
  Network() {
    risk = std::make_unique<Risk>(mean_risk(network_problem(data, {.depth = 2, .width = 3}), data, 0.005));
    trained = train(*risk, risk->problem.start(3), {.first_lbfgs = 100});
  }
  Data data = test::classified(60, 2, 3);
  std::unique_ptr<Risk> risk;
  Trained trained;
};

double relative(Vector const& found, Vector const& expected) { return (found - expected).norm() / expected.norm(); }

TEST(NetworkRemovals, FollowThePathOfTheRefit) {
  Network const network;
  ASSERT_EQ(complaint(network.trained), "");
  Minimum const minimum = checked_minimum(*network.risk, network.trained);
  InverseHessian const inverse(minimum.risk, minimum.theta);
  for (Convention const convention : {Convention::mean, Convention::total}) {
    Matrix const first = first_order_removals(minimum, convention, inverse);
    Matrix const second = second_order_removals(minimum, convention, inverse);
    for (int const k : {0, 17, 42}) {
      auto const exact = test::path_derivatives(minimum, {k}, convention, 1.0 / 128);
      EXPECT_LT(relative(first.row(k).transpose(), exact.first), 1e-5) << k;
      EXPECT_LT(relative((second - first).row(k).transpose(), exact.second / 2), 1e-3) << k;
    }
  }
}

TEST(NetworkRemovals, AreNewtonStepsOnlyWhereTheReducedRiskCurvesUp) {
  Network const network;
  Minimum const minimum = checked_minimum(*network.risk, network.trained);
  int defined = 0;
  for (Convention const convention : {Convention::mean, Convention::total}) {
    Matrix const steps = one_step_removals(minimum, convention);
    for (int k = 0; k < 60; ++k) {
      Risk const rest = without(minimum.risk, {k}, convention);
      Matrix const hessian = rest.hessian(minimum.theta);
      bool const definite = smallest_eigenvalue(hessian) > 0;
      EXPECT_EQ(steps.row(k).hasNaN(), !definite) << k;
      if (!definite) continue;
      ++defined;
      Vector const newton = -Eigen::LDLT<Matrix>(hessian).solve(rest.gradient(minimum.theta));
      EXPECT_LT(relative(steps.row(k).transpose(), newton), 1e-9) << k;
    }
  }
  EXPECT_GT(defined, 60);
  EXPECT_LT(defined, 120) << "for some rows the full minimum lies in no valley of the reduced risk";
}

TEST(NetworkRemovals, AgreeByAllSolvers) {
  Network const network;
  Minimum const minimum = checked_minimum(*network.risk, network.trained);
  Matrix const exact = first_order_removals(minimum, Convention::mean, {minimum.risk, minimum.theta});
  for (Solver const solver : {Solver::conjugate_gradient, Solver::lanczos}) {
    InverseHessian const inverse(minimum.risk, minimum.theta, {.solver = solver, .tolerance = 1e-9});
    EXPECT_LT((first_order_removals(minimum, Convention::mean, inverse) - exact).norm(), 1e-6 * exact.norm())
        << solver_text(solver);
  }
}

TEST(NetworkRemovals, AreRefusedAwayFromAMinimum) {
  Network const network;
  Trained start = network.trained;
  start.theta = network.risk->problem.start(3);
  EXPECT_ANY_THROW(checked_minimum(*network.risk, start));
  EXPECT_ANY_THROW(InverseHessian(*network.risk, start.theta)) << "H curves down at the start";
}

}  // namespace
}  // namespace fisherlab::estimators::influence

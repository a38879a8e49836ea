#include <algorithm>
#include <cmath>
#include <string>

#include "base/expects.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/influence/subject.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

namespace influence = estimators::influence;

/// The iterate after k products with H.
influence::Vector iterate(influence::Minimum const& minimum, influence::Vector const& v, int steps) {
  influence::SolverSettings settings;
  settings.solver = influence::Solver::conjugate_gradient;
  settings.tolerance = 1e-300;
  settings.max_iterations = steps;
  return influence::InverseHessian(minimum.risk, minimum.theta, settings).solve(v).x;
}

/// The worst of some rows, over the steps before rounding rules: the error over its bound, and the share of p steps
/// after which the error has fallen to a hundredth.
struct Worst {
  double over_bound = 0;
  double steps_to_hundredth = 0;
};

Worst worst_of(InfluenceSubject const& subject, double root, int points, ExperimentRun const& run) {
  auto const hessian = subject.minimum.risk.hessian(subject.minimum.theta);
  double const condition = -influence::smallest_eigenvalue(-hessian) / subject.smallest_eigenvalue;
  double const power = std::pow(condition, 1 / root);
  double const factor = (power - 1) / (power + 1);
  auto const gradients =
      influence::removed_gradients(subject.minimum.risk, subject.minimum.theta, influence::Convention::mean);
  auto const exact = planted_inverse(subject, InfluenceDefect::none);
  int const count = std::min(points, subject.rows());
  std::vector<Worst> of_row(static_cast<std::size_t>(count));
  for_each_row(count, run, {}, [&](int row) {
    influence::Vector const v = gradients.row(row).transpose();
    influence::Vector const x = exact.solve(v).x;
    double const size = std::sqrt(x.dot(hessian * x));
    auto& worst = of_row[static_cast<std::size_t>(row)];
    worst.steps_to_hundredth = 2;  // unless it falls before
    for (int k = 1; k <= x.size(); ++k) {
      double const bound = 2 * std::pow(factor, k);
      influence::Vector const left = iterate(subject.minimum, v, k) - x;
      double const error = std::sqrt(left.dot(hessian * left)) / size;
      if (error <= 0.01) {
        worst.steps_to_hundredth = std::min(worst.steps_to_hundredth, k / static_cast<double>(x.size()));
      }
      if (bound < 1e-6 || (error <= 0.01 && error < 1e-6)) break;  // rounding is next
      worst.over_bound = std::max(worst.over_bound, error / bound);
    }
  });
  Worst result;
  for (auto const& each : of_row) {
    result.over_bound = std::max(result.over_bound, each.over_bound);
    result.steps_to_hundredth = std::max(result.steps_to_hundredth, each.steps_to_hundredth);
  }
  return result;
}

int points_option(DataCase const& the_case) { return count_option(the_case.options, "points", 1, 1'000'000); }

void ask(DataCase const& the_case, Experiment& question) {
  int const points = points_option(the_case);
  double const root = number_option(the_case, "root");
  double const share = number_option(the_case, "share");
  expects(root >= 1 && root <= 100, "the root of the condition number is from 1 to 100, set another root");
  auto const n = rows_text(the_case);
  add_measured(question, "largest error of conjugate gradients over its bound, over rows and steps", n,
               {RegionKind::at_most, 1.0, 0, {}});
  bool const is_control = root != 2;
  if (!is_control)
    add_measured(question, "largest share of p steps after which the error is a hundredth", n,
                 {RegionKind::at_most, share, 0, {}});
  set_experiment(the_case, question, [the_case, root, points, is_control](ExperimentRun const& run) {
    auto const subject = make_subject(the_case, run.seed);
    auto const worst = worst_of(subject, root, points, run);
    ExperimentResult result;
    result.measurements.push_back(measured({}, up_to(worst.over_bound, 1e-8), points));
    if (!is_control) result.measurements.push_back(measured({}, up_to(worst.steps_to_hundredth, 0), points));
    return result;
  });
}

}  // namespace

Claim krylov_error() {
  return {
      {.id = "krylov-error",
       .statement = "6.5",
       .title = "Fewer than p steps of conjugate gradients give a good approximation",
       .formula = "|x_k - x|_H <= 2 ((sqrt c - 1)/(sqrt c + 1))^k |x|_H, c the condition number of H",
       .evidence = "gradients of rows solved with k = 1, 2, ... products with H, against Cholesky: the largest error "
                   "over the bound of Chebyshev, down to 1e-6, and the steps to a hundredth over p",
       .null_law = "none: numbers are exact up to rounding",
       .margin = "the bound itself; a share of p steps, three quarters unless set",
       .control = "the fourth root of the condition number in the place of the square root (root = 4)",
       .options = with_network_options({{"points", "rows tried", "20", {}},
                                        {"root", "of the condition number in the bound", "2", {}},
                                        {"share", "of p steps that are enough for a hundredth", "0.75", {}}}),
       .source = "the notes, section 6.5; Golub and Van Loan (2013), Matrix Computations, theorem 11.3.3"},
      &ask};
}

}  // namespace fisherlab::claims

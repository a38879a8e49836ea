#include <algorithm>
#include <cmath>

#include "base/dense/cholesky.hpp"
#include "base/expects.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/evidence/rate.hpp"
#include "claims/influence/subject.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

namespace influence = estimators::influence;

influence::InverseHessian conjugate_gradient_of(influence::Minimum const& minimum, double tolerance) {
  influence::SolverSettings settings;
  settings.solver = influence::Solver::conjugate_gradient;
  settings.tolerance = tolerance;
  return influence::InverseHessian(minimum.risk, minimum.theta, settings);
}

/// Each row's gradient solved by conjugate gradients and by Cholesky.
struct Comparison {
  double difference = 0;  ///< largest |x_cg - x| / |x|
  double iterations = 0;  ///< largest number of products with H
};

Comparison compare_solvers(InfluenceSubject const& subject, double factor, ExperimentRun const& run) {
  auto const gradients =
      influence::removed_gradients(subject.minimum.risk, subject.minimum.theta, influence::Convention::mean);
  auto const exact = planted_inverse(subject, InfluenceDefect::none);
  auto const iterative = conjugate_gradient_of(subject.minimum, 1e-12);
  std::vector<Comparison> of_row(static_cast<std::size_t>(subject.rows()));
  for_each_row(subject.rows(), run, {0, 0.8}, [&](int k) {
    influence::Vector const v = gradients.row(k).transpose();
    auto const solved = iterative.solve(v);
    auto const x = exact.solve(v).x;
    of_row[static_cast<std::size_t>(k)] = {(factor * solved.x - x).norm() / x.norm(),
                                           static_cast<double>(solved.iterations)};
  });
  Comparison worst;
  for (auto const& one : of_row) {
    worst.difference = std::max(worst.difference, one.difference);
    worst.iterations = std::max(worst.iterations, one.iterations);
  }
  return worst;
}

double condition_number(influence::Matrix const& hessian) {
  double const largest = -influence::smallest_eigenvalue(-hessian);
  return largest / influence::smallest_eigenvalue(hessian);
}

/// The exponent of the condition number in the mean number of iterations to a residual of 1e-6, over penalties that
/// spread it: the Hessian of the same data at the same theta, each penalty a tenth of the last.
Interval growth(InfluenceSubject const& subject) {
  auto const gradients =
      influence::removed_gradients(subject.minimum.risk, subject.minimum.theta, influence::Convention::mean);
  std::vector<RatePoint> points;
  auto minimum = subject.minimum;
  for (int k = 0; k < 4; ++k, minimum.risk.l2 *= 0.1) {
    auto const solver = conjugate_gradient_of(minimum, 1e-6);
    double total = 0;
    int const count = std::min(subject.rows(), 50);
    for (int row = 0; row < count; ++row) total += solver.solve(gradients.row(row).transpose()).iterations;
    double const mean = total / count;
    points.push_back({condition_number(minimum.risk.hessian(minimum.theta)), {mean, 0, mean, mean}});
  }
  auto const rate = rate_of_decay(points);
  return rate ? up_to(-rate->rate.estimate, 0) : vacuous_interval();
}

/// A network's Hessian need not be positive definite where the penalty is weaker than that of its training.
bool has_growth(DataCase const& the_case) { return the_case.problem != "mlp"; }

ExperimentResult carry_out(DataCase const& the_case, ExperimentRun const& run) {
  auto const subject = make_subject(the_case, run.seed);
  // The printed objective t'Ht - v't has its minimum at half of H^-1 v.
  double const factor = influence_defect(the_case) == InfluenceDefect::half ? 0.5 : 1.0;
  auto const worst = compare_solvers(subject, factor, run);
  double const condition = condition_number(subject.minimum.risk.hessian(subject.minimum.theta));
  ExperimentResult result;
  result.measurements.push_back(measured({}, up_to(worst.difference, 1e-16 * condition), subject.rows()));
  if (factor == 1.0) {
    double const p = static_cast<double>(subject.minimum.theta.size());
    result.measurements.push_back(measured({}, up_to(worst.iterations / p, 0), subject.rows()));
    if (has_growth(the_case)) result.measurements.push_back(measured({}, growth(subject), subject.rows()));
  }
  return result;
}

void ask(DataCase const& the_case, Experiment& question) {
  auto const defect = influence_defect(the_case);
  expects(the_case.l2 > 0, "conjugate-gradient varies the penalty, give 'l2' above zero");
  auto const n = rows_text(the_case);
  add_measured(question, "largest relative difference from Cholesky over rows", n, {RegionKind::at_most, 0.0, 1e-8});
  if (defect == InfluenceDefect::none) {
    add_measured(question, "largest number of iterations to a residual of 1e-12, over p", n,
                 {RegionKind::at_most, 1.0, number_option(the_case, "rounding")});
    if (has_growth(the_case))
      add_measured(question, "exponent of the condition number in the iterations to a residual of 1e-6", n,
                   {RegionKind::at_most, 0.5, 0.1});
  }
  set_experiment(the_case, question, [the_case](ExperimentRun const& run) { return carry_out(the_case, run); });
}

/// The minimum of a t'Ht - v't, from the factor of its own Hessian 2 a H.
influence::Vector minimum_of_objective(influence::Matrix const& hessian, double a, influence::Vector const& v) {
  return Cholesky(2 * a * hessian).solve(v);
}

ExperimentResult carry_out_pair(DataCase const& the_case, double a, ExperimentRun const& run) {
  auto const subject = make_subject(the_case, run.seed);
  auto const gradients =
      influence::removed_gradients(subject.minimum.risk, subject.minimum.theta, influence::Convention::mean);
  auto const hessian = subject.minimum.risk.hessian(subject.minimum.theta);
  double difference = 0;
  for (int k = 0; k < subject.rows(); ++k) {
    influence::Vector const v = gradients.row(k).transpose();
    difference = std::max(difference, (hessian * minimum_of_objective(hessian, a, v) - v).norm() / v.norm());
  }
  ExperimentResult result;
  result.measurements.push_back(measured({}, up_to(difference, 1e-12), subject.rows()));
  return result;
}

void ask_pair(DataCase const& the_case, Experiment& question) {
  bool const printed = text_option(the_case, "form") == "printed";
  add_measured(question,
               printed ? "largest relative residual |H t - v| of t = argmin t'Ht - v't"
                       : "largest relative residual |H t - v| of t = argmin 1/2 t'Ht - v't",
               rows_text(the_case), {RegionKind::at_most, 0.0, 1e-8});
  set_experiment(the_case, question, [the_case, printed](ExperimentRun const& run) {
    return carry_out_pair(the_case, printed ? 1.0 : 0.5, run);
  });
}

}  // namespace

Claim conjugate_gradient() {
  return {{.id = "conjugate-gradient",
           .statement = "6.5",
           .title = "Conjugate gradients give H^-1 v from products with H alone",
           .formula = "H^-1 v = argmin 1/2 t'Ht - v't, in at most p steps; about sqrt(condition number) for a residual",
           .evidence = "every row's gradient solved by conjugate gradients and by Cholesky: largest relative "
                       "difference, largest number of products with H, and how the number to a fixed residual grows "
                       "with the condition number, over four penalties (not for networks, whose Hessian may turn "
                       "indefinite). That a product takes O(np) is timed in bench/, and counted by retraining-cost",
           .null_law = "none: numbers are exact up to rounding",
           .margin = "1e-8 of difference; p steps (rounding allows for more where H is badly conditioned); exponent "
                     "0.5 + 0.1",
           .control = "the minimum of the printed objective, half of H^-1 v (plant = half)",
           .options = with_network_options(
               {{"rounding", "share of p by which steps may exceed p", "0", {}}, plant_option({"none", "half"})}),
           .source = "the notes, section 6.5; Hestenes and Stiefel (1952)",
           .hypotheses = "A symmetric positive definite H."},
          &ask};
}

Claim cg_objective() {
  return {
      {.id = "cg-objective",
       .statement = "6.5, printed",
       .title = "H^-1 v minimises 1/2 t'Ht - v't, not the printed t'Ht - v't",
       .formula = "printed: argmin t'Ht - v't; corrected: argmin 1/2 t'Ht - v't",
       .evidence = "algebra, shown on one data set: 2 H t = v against H t = v. The minimum of the objective for every "
                   "row's gradient v, put into H t = v",
       .null_law = "none: numbers are exact up to rounding",
       .margin = "1e-8 of the residual",
       .control = "the printed objective (form = printed): its minimum is half of H^-1 v",
       .options = with_network_options({printed_form_option()}),
       .source = "the notes, section 6.5, where conjugate gradients are introduced",
       .hypotheses = "A symmetric positive definite H."},
      &ask_pair};
}

}  // namespace fisherlab::claims

#include <algorithm>
#include <numeric>

#include "claims/evidence/judge.hpp"
#include "claims/influence/subject.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/influence/training/train.hpp"

namespace fisherlab::claims {
namespace {

namespace influence = estimators::influence;

/// The solution of the first-order condition at a small eps for one row. Corrected: (1/n) sum grad L_i + eps grad L_k =
/// 0, the weight 1/n + eps. As printed, sum grad L_i + eps grad L_k = 0, the weight (1 + eps)/n after division by n.
/// The penalty, where there is one, belongs to the mean in both.
struct Derivative {
  influence::Vector value;
  double gradient_norm = 0;  ///< the larger of the two solutions
};

Derivative derivative_by_refit(InfluenceSubject const& subject, int row, bool printed, double eps) {
  auto const at = [&](double e) {
    auto moved = subject.minimum.risk;
    moved.weights[row] += printed ? e / subject.rows() : e;
    return influence::train(moved, subject.minimum.theta, {.gradient_norm = 1e-13});
  };
  auto const up = at(eps);
  auto const down = at(-eps);
  return {(up.theta - down.theta) / (2 * eps), std::max(up.gradient_norm, down.gradient_norm)};
}

int points_option(DataCase const& the_case) { return count_option(the_case.options, "points", 1, 100'000); }

ExperimentResult carry_out(DataCase const& the_case, bool printed, ExperimentRun const& run) {
  auto const subject = make_subject(the_case, run.seed);
  auto const gradients =
      influence::removed_gradients(subject.minimum.risk, subject.minimum.theta, influence::Convention::total);
  auto const inverse = planted_inverse(subject, InfluenceDefect::none);
  int const count = std::min(points_option(the_case), subject.rows());
  // A move of a thousandth of the row's own weight, as printed in the printed unit.
  double const eps = printed ? 1e-3 : 1e-3 / subject.rows();
  std::vector<double> along(static_cast<std::size_t>(count));
  std::vector<double> square(static_cast<std::size_t>(count));
  std::vector<double> bound(static_cast<std::size_t>(count));
  for_each_row(count, run, {}, [&](int row) {
    influence::Vector const predicted = -inverse.solve(gradients.row(row).transpose()).x;
    auto const derivative = derivative_by_refit(subject, row, printed, eps);
    auto const place = static_cast<std::size_t>(row);
    along[place] = predicted.dot(derivative.value);
    square[place] = predicted.squaredNorm();
    bound[place] = predicted.norm() * subject.distance_from_minimum(derivative.gradient_norm) / eps;
  });
  auto const sum = [](std::vector<double> const& values) { return std::accumulate(values.begin(), values.end(), 0.0); };
  double const whole = sum(square);
  ExperimentResult result;
  result.measurements.push_back(measured({}, up_to(sum(along) / whole, sum(bound) / whole), count));
  return result;
}

void ask(DataCase const& the_case, Experiment& question) {
  bool const printed = text_option(the_case, "form") == "printed";
  add_measured(question,
               printed ? "d theta/d eps of the condition without 1/n, over -H^-1 grad L"
                       : "d theta/d eps of the condition with 1/n, over -H^-1 grad L",
               rows_text(the_case), {RegionKind::equal, 1.0, number_option(the_case, "margin")});
  points_option(the_case);  // bad options are refused when asked
  set_experiment(the_case, question,
                 [the_case, printed](ExperimentRun const& run) { return carry_out(the_case, printed, run); });
}

ExperimentResult carry_out_sign(DataCase const& the_case, bool printed, ExperimentRun const& run) {
  auto const subject = make_subject(the_case, run.seed);
  auto const hessian = subject.minimum.risk.hessian(subject.minimum.theta);
  // The log-likelihood itself, as printed, has the opposite sign throughout.
  double const smallest = printed ? influence::smallest_eigenvalue(-hessian) : influence::smallest_eigenvalue(hessian);
  ExperimentResult result;
  result.measurements.push_back(measured({}, up_to(smallest, 1e-14 * hessian.norm()), subject.rows()));
  return result;
}

void ask_sign(DataCase const& the_case, Experiment& question) {
  bool const printed = text_option(the_case, "form") == "printed";
  add_measured(question,
               printed ? "smallest eigenvalue of the Hessian with L the log-likelihood"
                       : "smallest eigenvalue of the Hessian with L minus the log-likelihood",
               rows_text(the_case), {RegionKind::at_least, 0.0, 0.0});
  set_experiment(the_case, question,
                 [the_case, printed](ExperimentRun const& run) { return carry_out_sign(the_case, printed, run); });
}

}  // namespace

Claim first_order_condition() {
  return {{.id = "first-order-condition",
           .statement = "6.5, printed",
           .title = "The condition for theta_eps needs the 1/n that the notes drop",
           .formula = "printed: sum grad L_i + eps grad L_n = 0; corrected: (1/n) sum grad L_i + eps grad L_n = 0",
           .evidence = "algebra, shown on one data set: the sum is n times the mean. Each condition solved at a small "
                       "eps both ways for some rows: the derivative of its solution "
                       "projected on -H^-1 grad L with the mean Hessian H, as a ratio",
           .null_law = "none: the solutions are exact up to rounding",
           .margin = "0.01 of the ratio",
           .control = "the printed condition (form = printed): it is off by the factor n",
           .options =
               with_network_options({margin_option("0.01"), {"points", "rows tried", "30", {}}, printed_form_option()}),
           .source = "the notes, the equation before (6.20)",
           .hypotheses = "A smooth mean loss with a minimum inside the space of theta."},
          &ask};
}

Claim loss_sign() {
  return {{.id = "loss-sign",
           .statement = "6.5, printed",
           .title = "L must be minus the log-likelihood: the log-likelihood itself has no minimum at theta",
           .formula = "printed: L = log p; corrected: L = -log p",
           .evidence = "algebra, shown on one data set: -L has its maximum where L has its minimum. The smallest "
                       "eigenvalue of the Hessian of the mean loss at the point where its gradient is "
                       "zero: a minimum needs it positive",
           .null_law = "none: numbers are exact up to rounding",
           .margin = "none",
           .control = "the log-likelihood itself (form = printed): every eigenvalue is negative, theta is its maximum",
           .options = with_network_options({printed_form_option()}),
           .source = "the notes, section 6.5, \"we simply let L be the log-likelihood\"",
           .hypotheses = "A log-likelihood that has a maximum."},
          &ask_sign};
}

}  // namespace fisherlab::claims

#include <algorithm>
#include <cmath>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "base/statistics/agreement.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/influence/subject.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/influence/training/train.hpp"

namespace fisherlab::claims {
namespace {

namespace influence = estimators::influence;

/// Mean test loss after training on inputs of which one is moved, from the minimum found before.
struct MovedLoss {
  double loss = 0;
  double gradient_norm = 0;
};

MovedLoss loss_after(InfluenceSubject const& subject, influence::Data const& train) {
  auto const risk = influence::mean_risk(subject.problem(), train, subject.minimum.risk.l2);
  auto const trained = influence::train(risk, subject.minimum.theta, {.gradient_norm = 1e-13});
  return {subject.problem().losses(subject.split->test, trained.theta).mean(), trained.gradient_norm};
}

/// The derivative of the mean test loss in one training input, predicted and by central differences of refits.
struct Sensitivity {
  double predicted = 0;
  double actual = 0;
  double gradient_norm = 0;  ///< the larger of the two refits
};

/// -(1/n) g_test' H^-1 grad_x grad_theta L, all inputs of a row at once.
influence::Vector predicted_derivative(InfluenceSubject const& subject, int row, influence::Vector const& solved,
                                       bool divide) {
  influence::Vector const mixed =
      subject.problem().input_derivative(subject.split->train, row, subject.minimum.theta, solved);
  return divide ? influence::Vector(-mixed / subject.rows()) : influence::Vector(-mixed);
}

/// The step is a fixed share of the input's spread: its cube-root-of-rounding error is about 1e-8 of the effect.
Sensitivity sensitivity(InfluenceSubject const& subject, int row, influence::Vector const& predicted, double step) {
  Eigen::Index column = 0;
  predicted.cwiseAbs().maxCoeff(&column);
  auto moved = subject.split->train;
  double const before = moved.inputs(row, column);
  moved.inputs(row, column) = before + step;
  auto const up = loss_after(subject, moved);
  moved.inputs(row, column) = before - step;
  auto const down = loss_after(subject, moved);
  return {predicted[column], (up.loss - down.loss) / (2 * step), std::max(up.gradient_norm, down.gradient_norm)};
}

int points_option(DataCase const& the_case) { return count_option(the_case.options, "points", 1, 1'000'000); }

double step_option(DataCase const& the_case) {
  double const step = number_option(the_case, "step");
  expects(step > 0, "option step is how far an input is moved, give a positive number");
  return step;
}

std::vector<int> rows_to_move(InfluenceSubject const& subject, DataCase const& the_case, std::uint64_t seed) {
  auto rows = influence::shuffled(subject.rows(), {seed, stable_hash("influence inputs"), 0});
  auto const points = static_cast<std::size_t>(points_option(the_case));
  if (points < rows.size()) rows.resize(points);
  return rows;
}

ExperimentResult carry_out(DataCase const& the_case, bool divide, ExperimentRun const& run) {
  auto const subject = make_subject(the_case, run.seed);
  auto const gradient = influence::test_gradient(subject.problem(), subject.split->test, subject.minimum.theta);
  auto const solved = planted_inverse(subject, InfluenceDefect::none).solve(gradient).x;
  auto const rows = rows_to_move(subject, the_case, run.seed);
  influence::Vector predicted(std::ssize(rows));
  influence::Vector actual(std::ssize(rows));
  influence::Vector norms(std::ssize(rows));
  double const step = step_option(the_case);
  for_each_row(static_cast<int>(rows.size()), run, {}, [&](int i) {
    int const row = rows[static_cast<std::size_t>(i)];
    auto const found = sensitivity(subject, row, predicted_derivative(subject, row, solved, divide), step);
    predicted[i] = found.predicted;
    actual[i] = found.actual;
    norms[i] = found.gradient_norm;
  });
  auto const count = static_cast<std::int64_t>(rows.size());
  Agreement const agreement = fisherlab::agreement(predicted, actual);
  // A loss near one is known to 1e-15 at its theta, and theta to its distance from the minimum.
  double const distance = subject.distance_from_minimum(norms.maxCoeff());
  double const bound =
      (1e-15 + gradient.norm() * distance) / step * std::sqrt(static_cast<double>(count)) / actual.norm();
  ExperimentResult result;
  result.measurements.push_back(measured({}, up_to(agreement.slope, bound * std::fabs(agreement.slope)), count));
  result.measurements.push_back(measured({}, up_to(agreement.relative_error, bound), count));
  return result;
}

void ask(DataCase const& the_case, Experiment& question) {
  expects(the_case.rows > 0 && the_case.rows < the_case.data->rows(),
          "input-perturbation needs test rows, give 'rows', the number of training rows");
  bool const divide = text_option(the_case, "plant") == "none";
  points_option(the_case);  // bad options are refused when asked
  step_option(the_case);
  double const margin = number_option(the_case, "margin");
  add_measured(question, "slope of the refitted on the predicted derivative of the test loss in a training input",
               rows_text(the_case), {RegionKind::equal, 1.0, margin});
  add_measured(question, "relative error of the predicted derivatives", rows_text(the_case),
               {RegionKind::at_most, 0.0, margin});
  set_experiment(the_case, question,
                 [the_case, divide](ExperimentRun const& run) { return carry_out(the_case, divide, run); });
}

/// By how much refitted parameters move when the input of one row is moved, against the prediction through (6.20) for a
/// training row; as printed the row is a test row, on which training does not depend.
ExperimentResult carry_out_pair(DataCase const& the_case, bool printed, ExperimentRun const& run) {
  auto const subject = make_subject(the_case, run.seed);
  auto const& moved_from = printed ? subject.split->test : subject.split->train;
  auto const inverse = planted_inverse(subject, InfluenceDefect::none);
  int const count = std::min(points_option(the_case), moved_from.rows());
  double const step = step_option(the_case);
  double predicted = 0;
  double along = 0;
  double rounding = 0;  ///< of `along`
  for (int row = 0; row < count; ++row) {
    auto moved = subject.split->train;
    if (!printed) moved.inputs(row, 0) += step;
    auto const risk = influence::mean_risk(subject.problem(), moved, subject.minimum.risk.l2);
    auto const refit = influence::train(risk, subject.minimum.theta, {.gradient_norm = 1e-13});
    influence::Vector const change = refit.theta - subject.minimum.theta;
    // d theta/dx = -(1/n) H^-1 (grad_x grad_theta L), by the difference of gradients at the two inputs
    auto one = influence::rows_of(moved_from, {row});
    influence::Vector const before = subject.problem().gradients(one, subject.minimum.theta).row(0).transpose();
    one.inputs(0, 0) += step;
    influence::Vector const after = subject.problem().gradients(one, subject.minimum.theta).row(0).transpose();
    influence::Vector const expected = -inverse.solve(after - before).x / subject.rows();
    predicted += expected.squaredNorm();
    along += expected.dot(change);
    rounding += expected.norm() * (subject.distance_from_minimum(refit.gradient_norm) +
                                   subject.distance_from_minimum(subject.gradient_norm));
  }
  ExperimentResult result;
  result.measurements.push_back(measured({}, up_to(along / predicted, rounding / predicted), count));
  return result;
}

void ask_pair(DataCase const& the_case, Experiment& question) {
  bool const printed = text_option(the_case, "form") == "printed";
  expects(the_case.rows > 0 && the_case.rows < the_case.data->rows(),
          "perturbed-point needs test rows, give 'rows', the number of training rows");
  points_option(the_case);  // bad options are refused when asked
  step_option(the_case);
  add_measured(question,
               printed ? "refitted over predicted change of theta when a test input is moved"
                       : "refitted over predicted change of theta when a training input is moved",
               rows_text(the_case), {RegionKind::equal, 1.0, number_option(the_case, "margin")});
  set_experiment(the_case, question,
                 [the_case, printed](ExperimentRun const& run) { return carry_out_pair(the_case, printed, run); });
}

}  // namespace

Claim input_perturbation() {
  return {{.id = "input-perturbation",
           .statement = "6.5",
           .title = "Moving a training input moves the test loss by the mixed derivative",
           .formula = "d loss_test/dx_i = -(1/n) grad loss_test' H^-1 grad_x grad_theta L(z_i)",
           .evidence = "for each of some training rows, its most influential input moved by a small step both ways "
                       "and the model refitted: slope and relative error of the central differences of the mean test "
                       "loss against the prediction",
           .null_law = "none: the refits are exact up to rounding, which the interval bounds",
           .margin = "1e-3 of slope and of error, above the step's own error",
           .control = "the prediction without its 1/n (plant = without-n)",
           .options = with_network_options({margin_option("1e-3"),
                                            {"points", "rows tried", "50", {}},
                                            step_choice(),
                                            plant_option({"none", "without-n"})}),
           .source = "Koh and Liang (2017), ICML, section 2.2, with the 1/n",
           .hypotheses =
               "A loss that is smooth in theta and in the inputs, a minimum with an invertible Hessian; a small step."},
          &ask};
}

Claim perturbed_point() {
  return {{.id = "perturbed-point",
           .statement = "6.5, printed",
           .title = "What is perturbed is a training input, not a test point as the footnote says",
           .formula = "printed: a test input moves theta; corrected: a training input does",
           .evidence = "that training does not depend on test points is how it is defined. The first input of some "
                       "rows moved and the model refitted: change of theta over the change "
                       "that (6.20) predicts",
           .null_law = "none: the refits are exact up to rounding",
           .margin = "0.05 of the ratio",
           .control = "rows of the test set (form = printed), on which training does not depend: the ratio is zero",
           .options = with_network_options(
               {margin_option("0.05"), {"points", "rows tried", "20", {}}, step_choice(), printed_form_option()}),
           .source = "the notes, footnote 1 of section 6.5; Koh and Liang (2017), section 2.2",
           .hypotheses = "A loss that is smooth in theta and in the inputs."},
          &ask_pair};
}

}  // namespace fisherlab::claims

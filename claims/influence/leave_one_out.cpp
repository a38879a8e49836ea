#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/statistics/agreement.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/influence/row_pieces.hpp"
#include "claims/influence/subject.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/influence/removals/refit.hpp"

namespace fisherlab::claims {
namespace {

namespace influence = estimators::influence;

/// What was predicted for every removal, and what refitting gave.
struct Removals {
  influence::Matrix predicted;     ///< n x p, first order
  influence::Matrix second_order;  ///< n x p
  influence::Matrix one_step;      ///< n x p
  influence::Matrix actual;        ///< n x p
  double distance = 0;             ///< largest distance of a computed refit from the true one
  std::vector<int> refitted;       ///< rows without which there is a minimum; the others' `actual` is NaN

  std::int64_t failed() const { return actual.rows() - std::ssize(refitted); }
};

/// Refits without each of `refits_at_once` rows, from number `block` times as many on; side by side they share a factor
/// of the Hessian. As numbers: of each row p changes of theta and the gradient norm at the end.
constexpr int refits_at_once = 32;

int blocks_of(int rows) { return (rows + refits_at_once - 1) / refits_at_once; }

int rows_in(int block, int rows) { return std::min(refits_at_once, rows - block * refits_at_once); }

std::vector<double> refits_of(influence::Minimum const& minimum, int rows, influence::Convention convention,
                              int block) {
  std::vector<std::vector<int>> groups;
  for (int k = 0; k < rows_in(block, rows); ++k) groups.push_back({block * refits_at_once + k});
  influence::RefitSettings const settings{
      .threads = 1, .warm = true, .gradient_norm = 1e-11, .stop = {}, .advance = {}};
  std::vector<double> numbers;
  for (auto const& refit : influence::refit_without(minimum, groups, convention, settings)) {
    numbers.insert(numbers.end(), refit.change.data(), refit.change.data() + refit.change.size());
    numbers.push_back(refit.trained.gradient_norm);
  }
  return numbers;
}

Removals all_removals(InfluenceSubject const& subject, DataCase const& the_case, RowResults const& refits) {
  auto const convention = convention_option(the_case);
  Removals removals;
  removals.predicted = planted_removals(subject, convention, influence_defect(the_case));
  removals.second_order =
      influence::second_order_removals(subject.minimum, convention, planted_inverse(subject, InfluenceDefect::none));
  removals.one_step = influence::one_step_removals(subject.minimum, convention);
  auto const p = subject.minimum.theta.size();
  removals.actual.resize(subject.rows(), p);
  for (int k = 0; k < subject.rows(); ++k) {
    auto const& block = refits[static_cast<std::size_t>(k / refits_at_once)];
    expects(std::ssize(block) == rows_in(k / refits_at_once, subject.rows()) * (p + 1),
            "saved refits are of another model, start the run anew without --resume");
    auto const* const numbers = block.data() + k % refits_at_once * (p + 1);
    removals.actual.row(k) = influence::Vector::Map(numbers, p).transpose();
    if (!removals.actual.row(k).allFinite()) continue;
    removals.refitted.push_back(k);
    removals.distance = std::max(removals.distance, subject.distance_from_minimum(numbers[p]));
  }
  removals.distance += subject.distance_from_minimum(subject.gradient_norm);
  return removals;
}

/// The change of the mean test loss by each removal: first order in theta for predictions, exact for refits.
struct Effects {
  influence::Vector predicted;
  influence::Vector actual;
  double bound = 0;  ///< of the rounding of one actual effect
};

Effects effects_of(InfluenceSubject const& subject, Removals const& removals) {
  auto const& problem = subject.problem();
  auto const& theta = subject.minimum.theta;
  auto const& test = subject.split->test;
  auto const gradient = influence::test_gradient(problem, test, theta);
  Effects effects;
  effects.predicted = removals.predicted * gradient;
  effects.actual.resize(subject.rows());
  double const before = problem.losses(test, theta).mean();
  for (int k = 0; k < subject.rows(); ++k)
    effects.actual[k] = problem.losses(test, theta + removals.actual.row(k).transpose()).mean() - before;
  effects.bound = removals.distance * gradient.norm() + 1e-15 * std::fabs(before);
  return effects;
}

/// How far the closed form is from solving the reduced problem: the gradient of the reduced risk there, largest over
/// rows, over the root mean square of the gradients before the step. Zero where it is exact, and free of the rounding
/// of a refit.
Interval residual_of_closed_form(InfluenceSubject const& subject, Removals const& removals, DataCase const& the_case) {
  auto const& [risk, theta] = subject.minimum;
  double largest = 0;
  double square = 0;
  for (int k = 0; k < subject.rows(); ++k) {
    auto const reduced = influence::without(risk, {k}, convention_option(the_case));
    square += reduced.gradient(theta).squaredNorm() / subject.rows();
    influence::Vector const after = theta + removals.one_step.row(k).transpose();
    if (!after.allFinite()) return vacuous_interval();  // the row is needed: without it there is no minimum
    largest = std::max(largest, reduced.gradient(after).norm());
  }
  return up_to(largest / std::sqrt(square), 1e-14 / std::sqrt(square));
}

std::vector<InfluenceRow> rows_of(DataCase const& the_case, InfluenceSubject const& subject, Removals const& removals,
                                  Effects const& effects) {
  auto const gradient = influence::test_gradient(subject.problem(), subject.split->test, subject.minimum.theta);
  auto const reliability = influence::reliability(removals.predicted, removals.second_order);
  std::vector<InfluenceRow> rows;
  for (int k = 0; k < subject.rows(); ++k) {
    InfluenceRow row;
    row.data = the_case.name;
    row.model = the_case.problem;
    row.n = subject.rows();
    row.p = static_cast<int>(subject.minimum.theta.size());
    row.l2 = the_case.l2;
    row.convention = influence::convention_text(convention_option(the_case));
    row.solver = "cholesky";
    row.test_point = "mean";
    row.train_index = subject.split->train_rows[static_cast<std::size_t>(k)] + 1;
    row.predicted = effects.predicted[k];
    row.second_order = removals.second_order.row(k).dot(gradient);
    if (std::isfinite(removals.one_step(k, 0))) row.one_step = removals.one_step.row(k).dot(gradient);
    if (std::isfinite(effects.actual[k])) row.actual = effects.actual[k];
    row.reliability = reliability[k];
    rows.push_back(row);
  }
  return rows;
}

/// The larger of |slope - 1| and relative error over all changes of all parameters.
Interval disagreement(Removals const& removals) {
  if (removals.refitted.empty()) return vacuous_interval();
  influence::Matrix const predicted = removals.predicted(removals.refitted, Eigen::all);
  influence::Matrix const actual = removals.actual(removals.refitted, Eigen::all);
  Agreement const agreement = fisherlab::agreement(predicted.reshaped(), actual.reshaped());
  double const root = std::sqrt(static_cast<double>(actual.rows()));  // each row is off by up to `distance`
  Interval const slope = up_to(agreement.slope, removals.distance * root / predicted.norm());
  Interval const error = up_to(agreement.relative_error, 2 * removals.distance * root / actual.norm());
  return larger_of(distance_from(slope, 1), error);
}

/// Least squares has its refits in closed form; a control's mistake is not in it, so it is left out there.
bool has_exact_form(DataCase const& the_case) {
  return the_case.problem == "linear" && influence_defect(the_case) == InfluenceDefect::none;
}

ExperimentResult judged(DataCase const& the_case, ExperimentRun const& run, RowResults const& refits) {
  auto const subject = make_subject(the_case, run.seed);
  auto const removals = all_removals(subject, the_case, refits);
  ExperimentResult result;
  result.measurements.push_back(measured({}, disagreement(removals), std::ssize(removals.refitted), removals.failed()));
  if (has_exact_form(the_case))
    result.measurements.push_back(measured({}, residual_of_closed_form(subject, removals, the_case), subject.rows()));
  // A control's predictions carry its mistake, so its rows are left out of influence.csv.
  if (influence_defect(the_case) == InfluenceDefect::none)
    result.influence = rows_of(the_case, subject, removals, effects_of(subject, removals));
  return result;
}

void ask(DataCase const& the_case, Experiment& question) {
  expects(the_case.rows > 0 && the_case.rows < the_case.data->rows(),
          "leave-one-out needs test rows, give 'rows', the number of training rows, below " +
              std::to_string(the_case.data->rows()));
  influence_defect(the_case);  // bad options are refused when asked
  convention_option(the_case);
  double const margin = number_option(the_case, "margin");
  auto const n = rows_text(the_case);
  add_measured(question, "larger of |slope - 1| and relative error of predicted against refitted changes of theta", n,
               {RegionKind::at_most, 0.0, margin});
  if (has_exact_form(the_case))
    add_measured(question, "largest gradient of the reduced risk at the leverage form, over that of a removal", n,
                 {RegionKind::at_most, 0.0, 1e-10});
  int const rows = the_case.rows;
  RowExperiment experiment;
  experiment.count = blocks_of(rows);
  experiment.begin = [the_case](std::uint64_t seed) {
    auto const subject = std::make_shared<InfluenceSubject const>(make_subject(the_case, seed));
    return [subject, convention = convention_option(the_case)](int block) {
      return refits_of(subject->minimum, subject->rows(), convention, block);
    };
  };
  experiment.fits = [rows](int block, auto const& numbers) {
    auto const each = static_cast<std::size_t>(rows_in(block, rows));
    return numbers.size() >= 2 * each && numbers.size() % each == 0;
  };
  experiment.judge = [the_case](ExperimentRun const& run, RowResults const& refits) {
    return judged(the_case, run, refits);
  };
  set_row_experiment(the_case, question, std::move(experiment));
}

}  // namespace

Claim leave_one_out() {
  return {
      {.id = "leave-one-out",
       .statement = "6.5",
       .title = "Removing a row moves the minimum by about -(1/n) I_up",
       .formula = "theta_{-z} - theta = -(1/n) I_up(z) + O(1/n^2)",
       .evidence = "every row removed and the model refitted: slope of actual on predicted changes of theta and "
                   "relative error, judged by the worse of the two, since a correlation accepts a wrong factor; "
                   "for least squares also the leverage form, which is exact: the gradient of the reduced risk there",
       .null_law = "none: the refits are exact up to rounding, which the interval bounds by gradient norm over "
                   "smallest eigenvalue",
       .margin =
           "0.15 of slope and of error: the error itself is of the order p/n, so it is for data with rows to spare",
       .control = "the penalty doubled in H (plant = double-penalty); the gradient of the other convention (plant "
                  "= other-convention); half of the change (plant = half)",
       .options = with_network_options({margin_option("0.15"), convention_choice(), influence_plants()}),
       .source = "the notes, section 6.5; Koh and Liang (2017), ICML, section 2.1; the leverage form is derived in "
                 "estimators/influence",
       .hypotheses = "A smooth loss, a minimum with an invertible Hessian, no row of large leverage; n large."},
      &ask};
}

}  // namespace fisherlab::claims

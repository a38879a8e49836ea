#include "cli/commands/influence_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "base/expects.hpp"
#include "base/text/number.hpp"
#include "estimators/influence/removals/effects.hpp"

namespace fisherlab::cli {
namespace {

namespace est = estimators::influence;
using est::Matrix;
using est::Vector;

constexpr double most_bytes = 4.0 * 1024 * 1024 * 1024;
constexpr int network_lbfgs = 200;
constexpr double most_work = 4e9;  ///< about ten seconds of second-order removals
constexpr std::size_t most_second_order = 250;

/// What may be to blame when no minimum is found.
std::string hint(InfluenceInput const& input) {
  double const ratio = scale_ratio(input.train);
  if (ratio > 100 && !input.standardised)
    return fmt::format("; the inputs' scales differ by a factor of {}, try --standardise", rounded_text(ratio, 2));
  if (input.l2 == 0) return "; there is no penalty, try --l2 0.01";
  if (input.model == "mlp") return "; try another --seed";
  return "";
}

est::Trained trained_of(InfluenceInput const& input, est::Risk const& risk) {
  est::TrainSettings settings;
  settings.first_lbfgs = input.model == "mlp" ? network_lbfgs : 0;
  settings.eigenvalue = true;
  auto trained = est::train(risk, risk.problem.start(input.seed), settings);
  expects(trained.status == est::TrainStatus::converged,
          fmt::format("{} on '{}': {}{}", input.model, input.data, est::complaint(trained), hint(input)));
  return trained;
}

void expect_solved(std::vector<est::Solution> const& solutions, InfluenceInput const& input) {
  auto const failed =
      std::find_if(solutions.begin(), solutions.end(), [](auto const& solution) { return !solution.solved; });
  if (failed == solutions.end()) return;
  auto const count = std::count_if(solutions.begin(), solutions.end(), [](auto const& s) { return !s.solved; });
  throw InputError(fmt::format(
      "{} did not solve {} of {} systems with the Hessian ({}; after {} products the residual is {}), use --solver "
      "cholesky or a larger --l2",
      input.solver_text(), count, solutions.size(), failed->problem, failed->iterations,
      rounded_text(failed->residual, 3)));
}

EffectOn effect_on(std::string name, est::Data test, InfluenceRun const& run) {
  auto const& [risk, theta] = run.minimum;
  Vector const gradient = est::test_gradient(risk.problem, test, theta);
  EffectOn effect;
  effect.name = std::move(name);
  effect.predicted = est::predicted_effects(gradient, run.first);
  effect.second_order = est::second_order_effects(risk.problem, test, theta, run.first, run.second);
  effect.one_step = est::predicted_effects(gradient, run.one_step);
  effect.actual = Vector::Constant(run.first.rows(), std::numeric_limits<double>::quiet_NaN());
  effect.test = std::move(test);
  return effect;
}

/// The test rows whose loss is looked at: all, and the one of the largest loss. Where the training rows stand in for
/// test rows their mean loss is left out: it is nearly at its minimum, where no removal has an effect of first order.
std::vector<std::pair<std::string, est::Data>> targets_of(InfluenceInput const& input, est::Minimum const& minimum) {
  std::vector<std::pair<std::string, est::Data>> targets;
  if (!input.tests_itself) targets.emplace_back("mean", input.test);
  Eigen::Index worst = 0;
  minimum.risk.problem.losses(input.test, minimum.theta).maxCoeff(&worst);
  auto const row = static_cast<int>(worst);
  targets.emplace_back(std::to_string(input.test_rows[static_cast<std::size_t>(row)]), est::rows_of(input.test, {row}));
  return targets;
}

std::vector<int> sorted_rows(Vector const& key) {
  std::vector<int> rows(static_cast<std::size_t>(key.size()));
  std::iota(rows.begin(), rows.end(), 0);
  std::stable_sort(rows.begin(), rows.end(), [&](int a, int b) { return key[a] > key[b]; });
  return rows;
}

/// Second-order removals: of all rows, or of those that matter most where all would take long (O(n^2 p)), with NaN in
/// the other rows.
Matrix second_removals(InfluenceInput const& input, est::InverseHessian const& inverse, est::Data const& target,
                       InfluenceRun const& run) {
  double const n = input.train.rows();
  double const work = n * n * static_cast<double>(run.first.cols() + 10 * run.outputs.cols());
  if (work <= most_work) return est::second_order_removals(run.minimum, input.convention, inverse, input.threads);
  auto const& [risk, theta] = run.minimum;
  Vector const effect = est::predicted_effects(est::test_gradient(risk.problem, target, theta), run.first).cwiseAbs();
  std::vector<int> rows = sorted_rows(effect), suspects = sorted_rows(run.self_influence);
  rows.resize(std::min(rows.size(), most_second_order));
  rows.insert(rows.end(), suspects.begin(), suspects.begin() + std::min<std::ptrdiff_t>(std::ssize(suspects), 50));
  Matrix second = Matrix::Constant(run.first.rows(), run.first.cols(), std::numeric_limits<double>::quiet_NaN());
  for (int const row : rows)
    second.row(row) = est::second_order_group(run.minimum, {row}, input.convention, inverse).transpose();
  return second;
}

void add_groups(InfluenceInput const& input, est::InverseHessian const& inverse, InfluenceRun& run) {
  auto names = input.groups;
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  auto const& target = run.effects.front();
  auto const& [risk, theta] = run.minimum;
  Vector const gradient = est::test_gradient(risk.problem, target.test, theta);
  for (auto const& name : names) {
    auto const rows = group_rows(input, name);
    expects(static_cast<int>(rows.size()) < input.train.rows(),
            fmt::format("column '{}' has one group only (nothing is left without it), name another", input.group));
    Matrix const first = est::first_order_group(run.minimum, rows, input.convention, inverse).transpose();
    Matrix const second = est::second_order_group(run.minimum, rows, input.convention, inverse).transpose();
    run.groups.push_back({name,
                          static_cast<int>(rows.size()),
                          (first * gradient)(0),
                          est::second_order_effects(risk.problem, target.test, theta, first, second)(0),
                          {}});
  }
}

/// An entry that is a number.
std::optional<double> defined(double value) { return std::isfinite(value) ? std::optional(value) : std::nullopt; }

}  // namespace

std::vector<int> group_rows(InfluenceInput const& input, std::string const& name) {
  std::vector<int> rows;
  for (std::size_t i = 0; i < input.groups.size(); ++i)
    if (input.groups[i] == name) rows.push_back(static_cast<int>(i));
  return rows;
}

InfluenceRun predict_removals(InfluenceInput const& input) {
  auto const problem = est::make_problem(input.model, input.train, input.network);
  auto const p = static_cast<double>(problem.penalised().size());
  double const bytes = 8 * p * (4.0 * input.train.rows() + 3 * p);
  expects(bytes < most_bytes,
          fmt::format("{} rows and {} parameters take {:.1f} GiB (4 at most), give fewer rows or inputs",
                      input.train.rows(), p, bytes / (most_bytes / 4)));
  auto const risk = est::mean_risk(problem, input.train, input.l2);
  auto trained = trained_of(input, risk);
  InfluenceRun run{.minimum = est::checked_minimum(risk, trained), .trained = trained};
  auto const& theta = run.minimum.theta;
  est::InverseHessian const inverse(risk, theta, input.solver);
  run.first = est::first_order_removals(run.minimum, input.convention, inverse, &run.solutions, input.threads);
  expect_solved(run.solutions, input);
  run.one_step = est::one_step_removals(run.minimum, input.convention, input.threads);
  run.self_influence = est::self_influence(run.minimum, inverse);
  run.losses = problem.losses(input.train, theta);
  run.outputs = problem.outputs(input.train, theta);
  auto targets = targets_of(input, run.minimum);
  run.second = second_removals(input, inverse, targets.front().second, run);
  run.reliability = est::reliability(run.first, run.second);
  bool const is_regression = input.model == "linear" || input.model == "logistic" || input.model == "poisson";
  if (is_regression) run.leverage = est::leverages(run.minimum);
  for (auto& [name, test] : targets) run.effects.push_back(effect_on(name, std::move(test), run));
  run.order = sorted_rows(-run.effects.front().predicted);
  if (!input.groups.empty()) add_groups(input, inverse, run);
  return run;
}

std::vector<int> rows_to_refit(InfluenceRun const& run, RefitChoice const& choice) {
  if (choice.kind == RefitChoice::Kind::none) return {};
  auto rows = sorted_rows(run.effects.front().predicted.cwiseAbs());
  if (choice.kind == RefitChoice::Kind::top) rows.resize(std::min(rows.size(), static_cast<std::size_t>(choice.top)));
  return rows;
}

void add_refits(InfluenceRun& run, std::vector<est::Refit> refits) {
  auto const& [risk, theta] = run.minimum;
  for (auto& refit : refits) {
    for (auto& effect : run.effects)
      effect.actual[refit.rows.front()] = est::effect(risk.problem, effect.test, theta, refit.change);
    run.refits.push_back(std::move(refit));
  }
}

std::vector<InfluenceRow> influence_rows(InfluenceInput const& input, InfluenceRun const& run) {
  std::vector<InfluenceRow> rows;
  for (auto const& effect : run.effects)
    for (int k = 0; k < input.train.rows(); ++k) {
      auto const& solution = run.solutions[static_cast<std::size_t>(k)];
      rows.push_back({.data = input.data,
                      .model = input.model,
                      .n = input.train.rows(),
                      .p = static_cast<int>(run.first.cols()),
                      .l2 = input.l2,
                      .convention = convention_text(input.convention),
                      .solver = input.solver_text(),
                      .split = 0,
                      .test_point = effect.name,
                      .train_index = input.train_rows[static_cast<std::size_t>(k)],
                      .predicted = effect.predicted[k],
                      .second_order = defined(effect.second_order[k]),
                      .one_step = defined(effect.one_step[k]),
                      .actual = defined(effect.actual[k]),
                      .reliability = defined(run.reliability[k]),
                      .iterations = solution.iterations,
                      .residual = solution.residual});
    }
  return rows;
}

std::vector<LeaveOneOutRow> leave_one_out_rows(InfluenceInput const& input, InfluenceRun const& run,
                                               std::vector<int> const& rows) {
  std::vector<est::Refit const*> refit_of(static_cast<std::size_t>(input.train.rows()), nullptr);
  for (auto const& refit : run.refits) refit_of[static_cast<std::size_t>(refit.rows.front())] = &refit;
  auto const names = run.minimum.risk.problem.parameters();
  bool const is_exact = input.model == "linear";  // one Newton step on a quadratic risk
  std::vector<LeaveOneOutRow> result;
  for (int const k : rows)
    for (std::size_t j = 0; j < names.size(); ++j) {
      auto const column = static_cast<Eigen::Index>(j);
      auto const* const refit = refit_of[static_cast<std::size_t>(k)];
      auto const one_step = defined(run.one_step(k, column));
      result.push_back({.train_index = input.train_rows[static_cast<std::size_t>(k)],
                        .convention = convention_text(input.convention),
                        .parameter = names[j],
                        .first_order = run.first(k, column),
                        .one_step = one_step,
                        .second_order = defined(run.second(k, column)),
                        .exact = is_exact ? one_step : std::nullopt,
                        .refit = refit ? defined(refit->change[column]) : std::nullopt});
    }
  return result;
}

}  // namespace fisherlab::cli

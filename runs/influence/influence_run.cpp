#include "runs/influence/influence_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/expects.hpp"
#include "base/text/number.hpp"
#include "runs/influence/refits.hpp"

namespace fisherlab::runs {
namespace {

namespace est = estimators::influence;

constexpr double most_bytes = 4.0 * 1024 * 1024 * 1024;
constexpr double most_parameters = 4000;
constexpr int network_lbfgs = 200;

/// What may be to blame when no minimum is found.
std::string hint(InfluenceSettings const& settings, InfluenceData const& data) {
  double const ratio = scale_ratio(data.train);
  if (ratio > 100 && !data.standardised)
    return fmt::format("; the inputs' scales differ by a factor of {}, try --standardise", rounded_text(ratio, 2));
  if (settings.l2 == 0) return "; there is no penalty, try --l2 0.01";
  if (settings.model == "mlp") return "; try another --seed";
  return "";
}

void expect_room(est::AnyProblem const& problem, est::Data const& train) {
  auto const p = static_cast<double>(problem.penalised().size());
  expects(p <= most_parameters,
          fmt::format("{} parameters are too many ({} at most: the time grows with their cube), give fewer inputs", p,
                      most_parameters));
  // The data, a hundred numbers a row, and tables of what is kept (AnalysisSettings).
  double const n = train.rows(), kept = std::min(n * p, est::AnalysisSettings{}.most_kept);
  double const bytes = 8 * (n * (train.dimension() + 100) + 8 * kept + 5 * p * p);
  expects(bytes < most_bytes,
          fmt::format("{} rows and {} parameters take {:.1f} GiB (4 at most), give fewer rows or inputs", train.rows(),
                      p, bytes / (most_bytes / 4)));
}

est::Trained trained_of(InfluenceSettings const& settings, InfluenceData const& data, est::Risk const& risk) {
  est::TrainSettings training;
  training.first_lbfgs = settings.model == "mlp" ? network_lbfgs : 0;
  training.eigenvalue = true;
  auto trained = est::train(risk, risk.problem.start(settings.seed), training);
  expects(trained.status == est::TrainStatus::converged,
          fmt::format("{} on '{}': {}{}", settings.model, data.name, est::complaint(trained), hint(settings, data)));
  return trained;
}

/// The test rows whose loss is looked at: all, and the one of the largest loss. Where the training rows stand in for
/// test rows their mean loss is left out: it is nearly at its minimum, where no removal has an effect of first order.
std::vector<est::Target> targets_of(InfluenceData const& data, est::Minimum const& minimum) {
  std::vector<est::Target> targets;
  if (!data.tests_itself) targets.push_back({"mean", data.test});
  Eigen::Index worst = 0;
  minimum.risk.problem.losses(data.tested(), minimum.theta).maxCoeff(&worst);
  auto const row = static_cast<int>(worst);
  targets.push_back(
      {std::to_string(data.test_rows[static_cast<std::size_t>(row)]), est::rows_of(data.tested(), {row})});
  return targets;
}

void expect_something_left(InfluenceData const& data) {
  for (auto const& group : data.groups)
    expects(static_cast<int>(group.rows.size()) < data.train.rows(),
            fmt::format("column '{}' has one group only (nothing is left without it), name another", data.group));
}

void expect_solved(std::vector<est::Solution> const& solutions, InfluenceSettings const& settings) {
  auto const is_unsolved = [](est::Solution const& solution) { return !solution.solved; };
  auto const failed = std::find_if(solutions.begin(), solutions.end(), is_unsolved);
  if (failed == solutions.end()) return;
  throw InputError(fmt::format(
      "{} did not solve {} of {} systems with the Hessian ({}; after {} products the residual is {}), use --solver "
      "cholesky or a larger --l2",
      settings.solver_text(), std::count_if(solutions.begin(), solutions.end(), is_unsolved), solutions.size(),
      failed->problem, failed->iterations, rounded_text(failed->residual, 3)));
}

/// The size of a negative binomial law, which refits hold.
double size_of(InfluenceData const& data) {
  try {
    return est::negative_binomial_size(data.train);
  } catch (InputError const& error) {
    throw InputError(fmt::format("negative_binomial on '{}': {}", data.name, error.what()));
  }
}

std::string in_quotes(std::string const& text) {
  std::string result = "\"";
  for (char const c : text) (c == '"' || c == '\\') ? (result += '\\') += c : result += c;
  return result + '"';
}

}  // namespace

bool is_classifier(std::string const& model) { return model != "linear" && !predicts_counts(model); }

bool predicts_counts(std::string const& model) { return model == "poisson" || model == "negative_binomial"; }

std::string InfluenceSettings::solver_text() const {
  std::string text = est::solver_text(solver.solver);
  return solver.damping > 0 ? text + ", damping " + exact_text(solver.damping) : text;
}

std::string InfluenceRun::study() const {
  auto text = fmt::format("data = {}\nlabel = {}\nmodel = {}\n", in_quotes(data->name), in_quotes(data->label),
                          in_quotes(settings.model));
  if (!data->formula.empty()) text += fmt::format("formula = {}\n", in_quotes(data->formula));
  if (settings.model == "mlp")
    text += fmt::format("depth = {}\nwidth = {}\n", settings.network.depth, settings.network.width);
  if (!data->weights.empty()) text += fmt::format("weights = {}\n", in_quotes(data->weights));
  if (settings.network.size > 0) text += fmt::format("size = {}\n", exact_text(settings.network.size));
  text += fmt::format("l2 = {}\nconvention = \"{}\"\nsolver = \"{}\"\n", exact_text(settings.l2),
                      convention_text(settings.convention), settings.solver_text());
  return text + fmt::format("inputs = \"{}\"\ntrain_rows = {}\ntest_rows = {}\n",
                            data->standardised ? "z-scores of the training rows" : "as they are", data->train.rows(),
                            data->tests_itself ? 0 : data->test.rows());
}

InfluenceRun predict_removals(InfluenceSettings settings, InfluenceData given) {
  auto const data = std::make_shared<InfluenceData>(std::move(given));
  if (settings.model == "negative_binomial") settings.network.size = size_of(*data);
  auto const problem = est::make_problem(settings.model, data->train, settings.network);
  expect_room(problem, data->train);
  expect_something_left(*data);
  auto const risk = est::mean_risk(problem, data->train, settings.l2);
  auto trained = trained_of(settings, *data, risk);
  auto minimum = est::checked_minimum(risk, trained);
  auto targets = targets_of(*data, minimum);
  auto analysis = est::analyse_removals(std::move(minimum), std::move(targets), data->groups,
                                        {settings.convention, settings.solver, settings.threads});
  expect_solved(analysis.solutions, settings);
  return {std::move(settings), data, std::move(trained), std::move(analysis)};
}

InfluenceRun run_influence(InfluenceSettings settings, InfluenceData data, InfluenceHooks const& hooks) {
  auto run = predict_removals(std::move(settings), std::move(data));
  make_refits(run, hooks);
  return run;
}

void forget_inputs(InfluenceRun& run) {
  auto const forget = [](est::Data& rows) { rows.inputs.resize(Eigen::NoChange, 0); };
  forget(run.data->train);
  forget(run.data->test);
  for (auto& effect : run.analysis.effects) forget(effect.target.rows);
}

}  // namespace fisherlab::runs

#include "claims/influence/subject.hpp"

#include <algorithm>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "base/text/number.hpp"
#include "estimators/influence/training/train.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::claims {

namespace influence = estimators::influence;

namespace {

/// In the order of InfluenceDefect.
std::vector<std::string> const defect_names = {"none", "half", "no-penalty", "double-penalty", "other-convention"};

}  // namespace

influence::ProblemOptions problem_options(DataCase const& the_case) {
  influence::ProblemOptions options;
  if (the_case.options.contains("depth")) options.depth = count_option(the_case.options, "depth", 1, 20);
  options.width = count_option(the_case.options, "width", 1, 200);
  if (text_option(the_case, "activation") == "softplus") options.activation = influence::Activation::softplus;
  return options;
}

InfluenceSubject make_subject(DataCase const& the_case, std::uint64_t seed) {
  int const rows = the_case.rows > 0 ? the_case.rows : the_case.data->rows();
  auto const split = std::make_shared<influence::Split const>(
      influence::random_split(*the_case.data, rows, {seed, stable_hash("influence split " + the_case.name), 0}));
  auto const problem = influence::make_problem(the_case.problem, split->train, problem_options(the_case));
  auto const risk = influence::mean_risk(problem, split->train, the_case.l2);
  influence::TrainSettings settings{.gradient_norm = 1e-13};
  if (the_case.problem == "mlp") settings.first_lbfgs = 200;
  auto const trained = influence::train(risk, problem.start(seed), settings);
  InfluenceSubject subject{split, influence::checked_minimum(risk, trained), 0, 0};
  subject.smallest_eigenvalue = influence::smallest_eigenvalue(risk.hessian(subject.minimum.theta));
  subject.gradient_norm = risk.gradient(subject.minimum.theta).norm();
  return subject;
}

InfluenceDefect influence_defect(DataCase const& the_case) {
  auto const name = text_option(the_case, "plant");
  auto const place = std::find(defect_names.begin(), defect_names.end(), name);
  return place == defect_names.end() ? InfluenceDefect::none
                                     : static_cast<InfluenceDefect>(place - defect_names.begin());
}

influence::Convention convention_option(DataCase const& the_case) {
  return text_option(the_case, "convention") == "A" ? influence::Convention::mean : influence::Convention::total;
}

influence::InverseHessian planted_inverse(InfluenceSubject const& subject, InfluenceDefect defect) {
  auto risk = subject.minimum.risk;
  if (defect == InfluenceDefect::no_penalty) risk.l2 = 0;
  if (defect == InfluenceDefect::double_penalty) risk.l2 *= 2;
  return influence::InverseHessian(risk, subject.minimum.theta);
}

influence::Matrix planted_removals(InfluenceSubject const& subject, influence::Convention convention,
                                   InfluenceDefect defect) {
  auto const inverse = planted_inverse(subject, defect);
  if (defect == InfluenceDefect::other_convention)
    convention = convention == influence::Convention::mean ? influence::Convention::total : influence::Convention::mean;
  influence::Matrix removals = influence::first_order_removals(subject.minimum, convention, inverse);
  if (defect == InfluenceDefect::half) removals *= 0.5;
  return removals;
}

Interval up_to(double value, double bound) { return {value, 0, value - bound, value + bound}; }

void for_each_row(int count, ExperimentRun const& run, ProgressShare const& share,
                  std::function<void(int row)> const& work) {
  int done = 0;
  sim::BlockWork blocks;
  blocks.last = count;
  blocks.work = [&](std::int64_t row) -> sim::BlockResult {
    work(static_cast<int>(row));
    return nullptr;
  };
  blocks.fold = [&](sim::BlockResult const&) {
    ++done;
    if (run.progress) run.progress(share.from + (share.to - share.from) * done / count);
  };
  blocks.stop = run.stop;
  sim::run_blocks(blocks, run.threads);
}

std::string experiment_model(DataCase const& the_case) {
  std::string const text = the_case.problem + " on " + the_case.name;
  for (char const* const name : {"plant", "form"}) {
    auto const found = the_case.options.find(name);
    if (found != the_case.options.end() && found->second != "none" && found->second != "corrected" &&
        found->second != "influence")
      return text + " [" + found->second + "]";
  }
  return text;
}

std::string experiment_parameters(DataCase const& the_case) {
  std::string text = "l2=" + exact_text(the_case.l2);
  if (the_case.problem != "mlp") return text;
  auto const options = problem_options(the_case);
  text += ";depth=" + std::to_string(options.depth) + ";width=" + std::to_string(options.width);
  return options.activation == influence::Activation::tanh ? text : text + ";activation=softplus";
}

std::vector<ClaimOption> with_network_options(std::vector<ClaimOption> options) {
  options.push_back({"depth", "hidden layers of a network", "1", {}});
  options.push_back({"width", "units of a layer", "5", {}});
  options.push_back({"activation", "of a unit", "tanh", {"tanh", "softplus"}});
  return options;
}

ClaimOption influence_plants() { return plant_option(defect_names); }
ClaimOption convention_choice() { return {"convention", "A: mean over the rows left, B: total", "A", {"A", "B"}}; }
ClaimOption step_choice() { return {"step", "by which an input is moved", "1e-3", {}}; }

void set_experiment(DataCase const& the_case, Experiment& question,
                    std::function<ExperimentResult(ExperimentRun const&)> carry_out) {
  problem_options(the_case);  // refuses bad ones for any problem
  int const rows = the_case.data->rows();
  expects(the_case.rows <= rows, "'rows' is " + std::to_string(the_case.rows) + ", but the data have " +
                                     std::to_string(rows) + " rows, give at most as many");
  auto const guarded = [carry_out = std::move(carry_out)](ExperimentRun const& run) {
    try {
      return carry_out(run);
    } catch (InputError const& error) {
      ExperimentResult result;
      result.failure = error.what();
      return result;
    }
  };
  question.model = experiment_model(the_case);
  question.parameters = experiment_parameters(the_case);
  question.carry_out = guarded;
}

void add_measured(Experiment& question, std::string statistic, std::string n, Region const& region,
                  std::optional<double> family_error) {
  expects(region.margin >= 0, "a margin is zero or above");
  question.findings.push_back({std::move(statistic), std::move(n), region, family_error});
}

std::string rows_text(DataCase const& the_case) {
  return std::to_string(the_case.rows > 0 ? the_case.rows : the_case.data->rows());
}

}  // namespace fisherlab::claims

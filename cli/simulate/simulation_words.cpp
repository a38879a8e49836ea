#include "cli/simulate/simulation_words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "base/text/number.hpp"
#include "base/text/parse.hpp"
#include "cli/run/derivatives.hpp"
#include "runs/folder/environment.hpp"
#include "runs/studies/limits.hpp"
#include "runs/studies/parameters.hpp"
#include "runs/studies/study_draws.hpp"
#include "runs/studies/study_models.hpp"
#include "sim/boost_draws/boost_draws.hpp"

namespace fisherlab::cli {
namespace {

/// Whether there are any. @throws InputError for another word.
bool read_controls(std::string const& word) {
  auto const names = control_names();
  expects(std::find(names.begin(), names.end(), word) != names.end(),
          fmt::format("there are no controls '{}', {}", clipped(printable(word), 40), suggestion(word, names)));
  return word == "score";
}

/// The intervals that are compared. @throws InputError for one that is not known or given twice.
std::vector<claims::IntervalMethod> read_intervals(std::string const& words) {
  auto const known = compared_interval_names();
  std::vector<claims::IntervalMethod> methods;
  for (auto const& word : split_list(words, "--interval")) {
    expects(std::ranges::count(known, word) == 1, fmt::format("--interval: there is no interval '{}', {}",
                                                              clipped(printable(word), 40), suggestion(word, known)));
    methods.push_back(claims::interval_method(word));
    expects(std::ranges::count(methods, methods.back()) == 1,
            fmt::format("--interval has {} twice, give each once", word));
  }
  return methods;
}

/// A value for each parameter that --null names. @throws InputError for a name that is no parameter.
std::vector<std::optional<double>> read_null(std::string const& words, sim::ModelCard const& card) {
  std::vector<std::optional<double>> values(card.parameters.size());
  for (auto const& [name, value] : runs::parse_assignments(words, "--null")) {
    auto const place = std::ranges::find(card.parameters, name);
    expects(place != card.parameters.end(),
            fmt::format("--null: {} has no parameter '{}', {}", card.name, clipped(printable(name), 40),
                        suggestion(name, card.parameters)));
    values[static_cast<std::size_t>(place - card.parameters.begin())] = value;
  }
  return values;
}

void read_comparison(SimulationWords const& words, runs::Simulation& simulation) {
  if (!words.intervals && !words.null) return;
  simulation.intervals = read_intervals(words.intervals.value_or("wald"));
  if (words.null) simulation.null_values = read_null(*words.null, simulation.law.model->card());
  expects(std::ranges::any_of(simulation.estimators, [](auto const& each) { return each->name() == "mle"; }),
          "--interval and --null are about maximum likelihood, put mle among the estimators or leave them out");
}

/// "score,likelihood-ratio"
std::string intervals_text(runs::Simulation const& simulation) {
  std::string text;
  for (auto const method : simulation.intervals) text += (text.empty() ? "" : ",") + claims::interval_name(method);
  return text;
}

/// "shape=1"
std::string null_text(runs::Simulation const& simulation) {
  std::string text;
  for (std::size_t a = 0; a < simulation.null_values.size(); ++a)
    if (auto const& value = simulation.null_values[a])
      text += (text.empty() ? "" : ",") + simulation.law.model->card().parameters[a] + "=" + exact_text(*value);
  return text;
}

}  // namespace

std::vector<std::string> compared_interval_names() {
  std::vector<std::string> names;
  for (auto const& name : claims::interval_names()) {
    auto const method = claims::interval_method(name);
    if (!claims::is_resampled(method) && method != claims::IntervalMethod::reported) names.push_back(name);
  }
  return names;
}

std::string theta_text(runs::Simulation const& simulation) {
  std::vector<std::pair<std::string, std::vector<std::string>>> names;
  for (auto const& law : simulation.laws()) {
    auto text = claims::parameters_text(law);
    std::ranges::replace(text, ';', ',');
    for (auto const& entry : split_list(text, "theta")) {
      auto const equals = entry.find('=');
      auto const name = entry.substr(0, equals), value = entry.substr(equals + 1);
      auto place = std::ranges::find(names, name, &std::pair<std::string, std::vector<std::string>>::first);
      if (place == names.end()) place = names.insert(names.end(), {name, {}});
      if (std::ranges::find(place->second, value) == place->second.end()) place->second.push_back(value);
    }
  }
  std::string text;
  for (auto const& [name, values] : names)
    text += fmt::format("{}{}={}", text.empty() ? "" : ",", name,
                        values.size() == 1 ? values.front() : fmt::format("[{}]", fmt::join(values, ",")));
  return text;
}

std::string draws_of(runs::Simulation const& simulation) {
  return sim::is_drawn_by_boost(*simulation.law.model) ? "boost" : "lanes";
}

std::vector<std::string> control_names() { return {"none", "score"}; }

runs::Simulation read_simulation(SimulationWords const& words, claims::Catalogue const& known) {
  auto const models = runs::with_model_text(words.model_text, "the model file", known);
  auto const catalogue = runs::with_programs(words.program, runs::drawn_from(words.draws, models));
  expects(words.model.has_value(),
          "simulate needs a model, as in `fisherlab simulate gamma --theta shape=2.5,rate=1.3 --n 100`");
  auto const card = runs::model_card(*words.model, catalogue.models);
  expects(words.theta.has_value(),
          fmt::format("simulate needs --theta with the parameters of {}: {}", card.name, runs::parameter_names(card)));
  expects(words.n.has_value(), "simulate needs --n with the sample size, as in --n 100");
  runs::Simulation simulation;
  auto grid = runs::parse_assignment_grid(*words.theta, "--theta");
  auto const constants =
      words.constants ? runs::parse_assignments(*words.constants, "--set") : std::vector<runs::Assignment>();
  for (auto& theta : grid) {
    theta.insert(theta.end(), constants.begin(), constants.end());
    simulation.more_laws.push_back(runs::make_law(*words.model, theta, catalogue.models));
    expects(simulation.more_laws.back().model->constants() == simulation.more_laws.front().model->constants(),
            "--theta has a list for a known constant (it makes another model), simulate one of them at a time");
  }
  simulation.law = simulation.more_laws.front();
  simulation.more_laws.erase(simulation.more_laws.begin());
  simulation.sizes = parse_counts(*words.n, {"--n", 1, runs::max_sample_size});
  simulation.replicates = parse_count(words.replicates, {"--replicates", 2, runs::max_replicate_count});
  simulation.level = parse_level(words.level);
  simulation.score_controls = read_controls(words.controls);
  simulation.keep_estimates = words.keep_estimates;
  simulation.model_text = words.model_text;
  simulation.estimators = runs::make_estimators(split_list(words.estimators, "--estimator"), simulation.law.model,
                                                "--estimator", catalogue.estimators);
  read_comparison(words, simulation);
  return simulation;
}

std::vector<runs::ExternalUse> programs_of(runs::Simulation const& simulation) {
  std::vector<runs::ExternalUse> uses;
  for (auto const& estimator : simulation.estimators)
    if (auto program = std::dynamic_pointer_cast<runs::ExternalEstimator const>(estimator))
      uses.push_back({std::move(program), simulation.law, std::ranges::min(simulation.sizes)});
  return uses;
}

runs::RunFacts facts_of(runs::Simulation const& simulation) {
  std::vector<std::string> names;
  for (auto const& estimator : simulation.estimators) names.push_back(estimator->name());
  runs::RunFacts facts = {{"version", runs::version()},
                          {"model", simulation.law.model->card().name},
                          {"theta", theta_text(simulation)},
                          {"n", fmt::format("{}", fmt::join(simulation.sizes, ","))},
                          {"replicates", std::to_string(simulation.replicates)},
                          {"estimators", fmt::format("{}", fmt::join(names, ","))},
                          {"level", exact_text(simulation.level)},
                          {"controls", simulation.score_controls ? "score" : "none"},
                          {"keep-estimates", simulation.keep_estimates ? "yes" : "no"},
                          {"draws", draws_of(simulation)},
                          {"the model file", simulation.model_text.empty() ? "none" : simulation.model_text},
                          {"seed", std::to_string(simulation.seed)}};
  if (!simulation.intervals.empty()) facts.emplace_back("intervals", intervals_text(simulation));
  if (auto const null = null_text(simulation); !null.empty()) facts.emplace_back("null", null);
  for (auto& fact : derivatives_facts(derivatives_of(simulation.law.model->card()))) facts.push_back(std::move(fact));
  for (auto const& use : programs_of(simulation)) {
    auto command = use.estimator->command();
    command.children = 0;  // how many run at once decides no bytes
    facts.emplace_back("program", runs::estimator_toml(command));
  }
  return facts;
}

runs::Simulation simulation_in(runs::RunFacts const& facts, claims::Catalogue const& catalogue) {
  auto const word = [&facts](char const* name) { return runs::fact(facts, name); };
  SimulationWords words{word("model"),      word("theta"), word("n"),        word("replicates"),
                        word("estimators"), word("level"), word("controls"), word("keep-estimates") == "yes",
                        word("draws")};
  if (word("program") != "none") words.program = word("program");
  if (word("intervals") != "none") words.intervals = word("intervals");
  if (word("null") != "none") words.null = word("null");
  if (word("the model file") != "none") words.model_text = word("the model file");
  auto simulation = read_simulation(words, catalogue);
  simulation.seed = parse_seed(word("seed"));
  return simulation;
}

bool is_simulation(runs::RunFacts const& facts) { return runs::fact(facts, "model") != "none"; }

}  // namespace fisherlab::cli

#include "runs/replay.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "base/text/parse.hpp"
#include "claims/catalogue.hpp"
#include "cli/command_line/command.hpp"
#include "cli/exit_codes.hpp"
#include "findings/names.hpp"
#include "runs/folder/environment.hpp"
#include "runs/folder/run_reader.hpp"
#include "runs/studies/limits.hpp"
#include "runs/studies/study.hpp"

namespace fisherlab::cli {
namespace {

struct Options {
  claims::Catalogue const* catalogue = nullptr;  ///< what the study may name
  std::optional<std::string> folder;             ///< of a run
  std::optional<std::string> scenario;           ///< its number
  std::optional<std::string> replicate;
};

void add(Arguments& arguments, Options& options) {
  options.catalogue = &arguments.catalogue();
  arguments.place(values::folder("DIR"), options.folder, "The folder of a run of `fisherlab verify`").is_needed = true;
  arguments.place(values::plain("SCENARIO"), options.scenario, "Number of a scenario; all are listed unless given");
  arguments.place(values::plain("REPLICATE"), options.replicate,
                  "Number of a replicate, from 0; those without an estimate are listed unless given");
}

std::string name_of(claims::Scenario const& scenario) {
  return printable(fmt::format("{} ({}), n = {}", model_text(scenario.setting),
                               claims::parameters_text(scenario.setting.model), scenario.n));
}

std::string list_text(std::vector<runs::ReplayScenario> const& scenarios) {
  std::string text;
  for (std::size_t k = 0; k < scenarios.size(); ++k)
    text += fmt::format("{:5}  {}\n", k + 1, name_of(scenarios[k].scenario));
  return text;
}

std::string failures_text(runs::ReplayScenario const& scenario, std::uint64_t seed, std::int64_t replicates) {
  std::string text =
      fmt::format("{}\nseed {}, the first {} replicates\n", name_of(scenario.scenario), seed, replicates);
  for (auto const& failed : runs::failed_fits(scenario, seed, replicates)) {
    text += fmt::format("{}: {} without an estimate", failed.estimator, failed.count);
    if (failed.count > std::ssize(failed.first)) text += fmt::format(", the first {}", failed.first.size());
    text += failed.first.empty() ? "\n" : fmt::format(": {}\n", fmt::join(failed.first, " "));
  }
  return text;
}

std::string numbers_text(std::vector<std::string> const& names, std::vector<double> const& values) {
  std::vector<std::string> pairs;
  for (std::size_t k = 0; k < values.size(); ++k) pairs.push_back(names[k] + " = " + exact_text(values[k]));
  return fmt::format("{}", fmt::join(pairs, ", "));
}

std::string joined(std::vector<double> const& values) {
  std::vector<std::string> texts;
  for (double const value : values) texts.push_back(exact_text(value));
  return fmt::format("{}", fmt::join(texts, " "));
}

std::string replay_text(runs::ReplayScenario const& asked, std::uint64_t seed, std::int64_t replicate) {
  auto const replayed = runs::replay(asked, seed, replicate);
  auto const& law = asked.scenario.setting.model;
  std::string text = fmt::format("{}\nseed {}, replicate {}\n\nsample\n", name_of(asked.scenario), seed, replicate);
  auto const d = static_cast<std::size_t>(replayed.dimension);
  for (std::size_t i = 0; i < replayed.sample.size(); i += d) {
    std::vector<std::string> cells;
    for (std::size_t k = 0; k < d; ++k) cells.push_back(exact_text(replayed.sample[i + k]));
    text += fmt::format("{}\n", fmt::join(cells, ","));
  }
  text += fmt::format("\nlog likelihood at theta: {}\nscore at theta: {}\n", exact_text(replayed.log_likelihood),
                      numbers_text(law.model->card().parameters, replayed.score));
  for (auto const& fit : replayed.fits) {
    text += fmt::format("{}: {}\n", fit.estimator,
                        fit.found ? numbers_text(fit.components, fit.estimate) : std::string("no estimate"));
    if (fit.evaluations > 0)
      text += fmt::format("{}: {} evaluations of the log likelihood\n", fit.estimator, fit.evaluations);
    if (fit.found && !fit.std_error.empty())
      text += fmt::format("{}, standard errors: {}\n", fit.estimator, numbers_text(fit.components, fit.std_error));
  }
  for (auto const& [claim, found, values] : replayed.kept)
    text += fmt::format("{} keeps: {}\n", claim, found ? joined(values) : std::string("nothing, it was dropped"));
  return text;
}

int run(Options const& options) {
  expects(options.folder.has_value(), "replay needs the folder of a run, as in `fisherlab replay reports-out 3 120`");
  auto const manifest = runs::read_run(*options.folder).manifest;
  expects(manifest.kind == RunKind::verify,
          fmt::format("'{}' is a run of `fisherlab {}` (only those of `fisherlab verify` are replayed), name another",
                      printable(*options.folder), to_string(manifest.kind)));
  if (manifest.version != runs::version())
    std::fputs(fmt::format("The run is of fisherlab {}, this is {}: bits may differ.\n", printable(manifest.version),
                           runs::version())
                   .c_str(),
               stderr);
  auto const study = runs::recorded_study(manifest.study, manifest.study_name, *options.catalogue);
  auto const scenarios = runs::replay_scenarios(study.questions);
  expects(!scenarios.empty(), "the study of the run simulates nothing (it has experiments on data alone)");
  std::string text;
  if (!options.scenario) {
    text = list_text(scenarios);
  } else {
    auto const number = parse_count(*options.scenario, {"SCENARIO", 1, std::ssize(scenarios)});
    auto const& scenario = scenarios[static_cast<std::size_t>(number - 1)];
    text = options.replicate ? replay_text(scenario, manifest.seed,
                                           parse_count(*options.replicate, {"REPLICATE", 0, runs::max_replicate_count}))
                             : failures_text(scenario, manifest.seed, study.settings.first_replicates);
  }
  std::fputs(text.c_str(), stdout);
  return exit_success;
}

}  // namespace

Command replay_command() {
  return make_command<Options>(
      {.name = "replay",
       .meaning = "Draw and fit one replicate of a run again, to the last bit",
       .footer =
           "  fisherlab replay reports-out\n  fisherlab replay reports-out 3\n  fisherlab replay reports-out 3 120"},
      add, run);
}

}  // namespace fisherlab::cli

#include "cli/diagnose/diagnose_censored.hpp"

#include <fmt/format.h>

#include <utility>

#include "cli/diagnose/diagnose_censored_page.hpp"
#include "cli/diagnose/diagnose_watch.hpp"
#include "runs/diagnosis/censored/censored_calibration.hpp"
#include "runs/diagnosis/censored/censored_diagnosis.hpp"
#include "runs/diagnosis/censored/censored_families.hpp"
#include "runs/diagnosis/censored/censored_functions.hpp"
#include "runs/diagnosis/censored/censored_goodness.hpp"
#include "runs/diagnosis/censored/censored_widths.hpp"
#include "runs/diagnosis/intervals/coverage_range.hpp"
#include "runs/diagnosis/needed_n.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::cli {
namespace {

CensoredWords words_of(runs::CensoredData const& data, double mean_censored) {
  bool const has_intervals = data.has_intervals();
  return {censored_data_text(data), has_intervals ? "the probability of where they lie" : "their survival function",
          fmt::format("{}, {:.0f} % censored on average",
                      has_intervals ? "inspections as in the data: a first one, gaps between them, and the last one"
                                    : "times of censoring by Kaplan and Meier",
                      100 * mean_censored)};
}

}  // namespace

std::string censored_data_text(runs::CensoredData const& data) {
  auto const counts = data.counts();
  auto text = fmt::format("{}: n = {}, {} observed, {} right-censored", data.fitted.data.name, data.n(),
                          counts.observed, counts.right);
  if (data.has_intervals())
    text += fmt::format(", {} left-censored, {} known to lie between two values", counts.left, counts.between);
  return text;
}

Found find_out_censored(runs::CensoredData data, runs::Observations const& observations,
                        std::vector<runs::FunctionOf> const& functions, sim::Models const& models, Limits const& limits,
                        runs::DiagnosisSettings const& settings, RunFrame const& frame) {
  auto const name = fmt::format("{}, n = {}, censored", data.fitted.model->card().name, data.n());
  Found found{data.fitted, {}, {}, {}, {}, {}, {}};
  found.censored = words_of(data, 0);
  frame.watch([&](Watch const& watch) {
    auto quiet = ending(settings, limits.budget, watch);
    quiet.stop = watch.stop;
    auto const law = data.fitted.law();
    runs::CensoredDraws const draws(data);
    try {
      found.goodness = runs::check_censored(data, observations, runs::goodness_settings(quiet));
      auto worth = runs::diagnose_censored(
          data, within(watched(settings, name, watch, limits.budget), limits.budget, watch), functions);
      found.diagnosis = std::move(worth.diagnosis);
      found.censored = words_of(data, worth.mean_censored);
      found.is_budget_spent = found.diagnosis->replicates < settings.replicates;
      quiet.replicates = found.diagnosis->replicates;
      found.functions = runs::censored_functions_of(data, functions, worth.functions, settings.level);
      if (found.goodness->is_refuted) {
        found.without_model = runs::without_model(data, draws, models, quiet);
      } else {
        runs::add_calibrated_censored(data, draws, functions, quiet, *found.diagnosis, found.functions);
        found.fitted = data.fitted;
        runs::add_simulated_ranges(
            found.fitted,
            [&](claims::Law const& there, runs::DiagnosisSettings const& fewer) {
              return runs::diagnose_censored_at(there, found.diagnosis->n, draws, {}, fewer).diagnosis;
            },
            quiet, *found.diagnosis);
        runs::add_censored_widths(law, draws, quiet, *found.diagnosis);
        found.needs = runs::search_needed_n(
            [&](std::int64_t n, runs::DiagnosisSettings const& there) {
              return runs::diagnose_censored_at(law, n, draws, {}, there).diagnosis;
            },
            runs::SearchEffort{.replicates = 16'384, .observations = 5e7}, {}, *found.diagnosis, quiet);
      }
      if (limits.has_pictures) {
        auto const findings = found.findings();
        found.pictures = censored_pictures(data, draws, &findings, quiet);
      }
      found.is_whole = true;
    } catch (sim::Interrupted const&) {
      found.is_whole = false;
    }
    return 0;
  });
  return found;
}

}  // namespace fisherlab::cli

#include "cli/diagnose/diagnose_found.hpp"

#include <fmt/format.h>

#include <utility>

#include "cli/diagnose/diagnose_page.hpp"
#include "cli/diagnose/diagnose_watch.hpp"
#include "runs/diagnosis/intervals/calibrated_ratio.hpp"
#include "runs/diagnosis/intervals/coverage_range.hpp"
#include "runs/diagnosis/intervals/median_widths.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::cli {

Found find_out(runs::FittedData fitted, runs::Observations const& data, std::vector<runs::FunctionOf> const& functions,
               sim::Models const& models, Limits const& limits, runs::DiagnosisSettings const& settings,
               RunFrame const& frame) {
  auto const name = fmt::format("{}, n = {}", fitted.model->card().name, fitted.data.n);
  Found found{std::move(fitted), {}, {}, {}, {}, {}, {}};
  frame.watch([&](Watch const& watch) {
    auto quiet = ending(settings, limits.budget, watch);
    quiet.stop = watch.stop;
    auto const law = found.fitted.law();
    try {
      found.goodness = runs::check_model(found.fitted, data, runs::goodness_settings(quiet));
      found.diagnosis = runs::diagnose(law, runs::simulated_n(found.fitted.data.n),
                                       within(watched(settings, name, watch, limits.budget), limits.budget, watch));
      found.is_budget_spent = found.diagnosis->replicates < settings.replicates;
      quiet.replicates = found.diagnosis->replicates;
      if (!functions.empty())
        found.functions = runs::functions_of(found.fitted, data, functions, within(quiet, 0.5 * limits.budget, watch));
      if (found.goodness->is_refuted) {
        found.without_model = runs::without_model(found.fitted, data, models, quiet);
      } else {
        runs::add_calibrated(found.fitted, data, quiet, *found.diagnosis);
        runs::add_ranges(found.fitted, quiet, *found.diagnosis);
        runs::add_widths(law, quiet, *found.diagnosis);
        found.needs = runs::search_needed_n(law, *found.diagnosis, quiet);
      }
      if (limits.has_pictures) {
        auto const findings = found.findings();
        found.pictures = diagnosis_pictures(found.fitted, data, &findings, quiet);
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

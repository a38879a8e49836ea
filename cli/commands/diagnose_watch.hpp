#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "cli/run/run_frame.hpp"
#include "runs/diagnosis/diagnosis.hpp"

namespace fisherlab::cli {

/// The settings with an end to the main simulation: half of the budget is for it, the rest for what comes before and
/// after. It ends where the next doubling would take longer than what is left.
inline runs::DiagnosisSettings within(runs::DiagnosisSettings settings, double budget, Watch const& watch) {
  settings.enough = [half = 0.5 * budget, start = watch.elapsed_seconds(), elapsed = watch.elapsed_seconds](std::int64_t) {
    return 2 * (elapsed() - start) > half;
  };
  return settings;
}

/// The settings with a signal as a wish to stop, and with a bar called `name` that counts replicates.
inline runs::DiagnosisSettings watched(runs::DiagnosisSettings settings, std::string const& name, Watch const& watch) {
  settings.stop = watch.stop;
  settings.advance = [name, progress = watch.progress, all = settings.replicates,
                      done = std::make_shared<std::int64_t>(0)](std::int64_t replicates) {
    *done += replicates;
    progress({name, 0, static_cast<double>(*done) / static_cast<double>(all), *done});
  };
  return settings;
}

}  // namespace fisherlab::cli

#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "cli/run/run_frame.hpp"
#include "runs/diagnosis/diagnosis.hpp"

namespace fisherlab::cli {

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

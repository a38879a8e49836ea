#pragma once

#include <string>

#include "cli/run/run_options.hpp"
#include "runs/data/observations.hpp"
#include "runs/diagnosis/diagnosis.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::cli {

/// `diagnose all DATA`, or with several names: ranks families and writes `models.csv`. Gives the exit code.
int run_families(std::string const& names, sim::Models const& models, runs::Observations const& data,
                 runs::DiagnosisSettings const& settings, RunOptions const& options);

}  // namespace fisherlab::cli

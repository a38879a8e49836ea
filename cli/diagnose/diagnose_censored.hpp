#pragma once

#include "cli/diagnose/diagnose_watch.hpp"
#include "runs/data/observations.hpp"
#include "runs/diagnosis/diagnosis.hpp"
#include "sim/models/interface/any_model.hpp"

namespace fisherlab::cli {

/// `diagnose` of data of which some are right-censored: fits, simulates, writes, prints, and gives the exit code.
int run_censored(sim::AnyModel const& model, runs::Observations const& data, runs::DiagnosisSettings settings,
                 DiagnosisStart const& start);

}  // namespace fisherlab::cli

#pragma once

#include <string>

#include "cli/run/run_options.hpp"
#include "runs/data/observations.hpp"
#include "runs/diagnosis/diagnosis.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::cli {

/// Where a ranking goes.
struct FamiliesOutput {
  RunOptions const& run;
  bool html = false;  ///< a page of pictures too
};

/// `diagnose all DATA`, or with several names: ranks families and writes `models.csv`. Gives the exit code.
int run_families(std::string const& names, sim::Models const& models, runs::Observations const& data,
                 runs::DiagnosisSettings const& settings, FamiliesOutput const& output);

}  // namespace fisherlab::cli

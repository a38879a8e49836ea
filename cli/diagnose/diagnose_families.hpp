#pragma once

#include <string>

#include "cli/diagnose/diagnose_watch.hpp"
#include "runs/data/observations.hpp"
#include "runs/diagnosis/diagnosis.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::cli {

/// `diagnose all DATA`, or with several names: ranks families and writes `models.csv`, with `has_page` a page of
/// pictures too. Gives the exit code.
int run_families(std::string const& names, sim::Models const& models, runs::Observations const& data,
                 runs::DiagnosisSettings const& settings, DiagnosisStart const& start, bool has_page);

/// The same of data of which some are censored.
int run_censored_families(std::string const& names, sim::Models const& models, runs::Observations const& data,
                          runs::DiagnosisSettings const& settings, DiagnosisStart const& start, bool has_page);

}  // namespace fisherlab::cli

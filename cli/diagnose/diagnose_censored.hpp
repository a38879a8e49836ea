#pragma once

#include <string>
#include <vector>

#include "cli/diagnose/diagnose_found.hpp"
#include "runs/diagnosis/censored/censored_data.hpp"

namespace fisherlab::cli {

/// As find_out(), of data of which some are censored.
Found find_out_censored(runs::CensoredData data, runs::Observations const& observations,
                        std::vector<runs::FunctionOf> const& functions, sim::Models const& models, Limits const& limits,
                        runs::DiagnosisSettings const& settings, RunFrame const& frame);

/// "lives.csv: n = 40, 25 observed, 15 right-censored".
std::string censored_data_text(runs::CensoredData const& data);

}  // namespace fisherlab::cli

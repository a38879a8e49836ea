#pragma once

#include <optional>
#include <string>

#include "cli/run/run_options.hpp"
#include "runs/data/reading.hpp"
#include "runs/diagnosis/diagnosis.hpp"

namespace fisherlab::cli {

/// What `diagnose` was asked for with a regression.
struct RegressionRequest {
  std::string model;
  std::string file;
  std::string formula;
  std::optional<std::string> weights;
  std::optional<std::string> count;
  runs::Reading reading;
};

/// Fits a regression and says what its intervals are worth; writes the run and gives its exit code. Where
/// `has_replicates` is false, the number of samples follows from the size of the data.
int run_regression(RegressionRequest const& request, runs::DiagnosisSettings settings, bool has_replicates,
                   RunOptions const& options);

}  // namespace fisherlab::cli

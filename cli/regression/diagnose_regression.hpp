#pragma once

#include <cmath>
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
  std::optional<std::string> weights = {};
  std::optional<std::string> count = {};
  runs::Reading reading = {};
  bool has_replicates = false;        ///< else their number follows from the size of the data, or from the budget
  std::optional<double> budget = {};  ///< seconds
  bool has_page = false;              ///< report.html
  bool resume = false;                ///< go on with the run in the folder
};

/// Fits a regression and says what its intervals are worth; writes the run and gives its exit code.
int run_regression(RegressionRequest const& request, runs::DiagnosisSettings settings, RunOptions const& options);

}  // namespace fisherlab::cli

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "findings/run_tables.hpp"
#include "runs/analysis/estimates_file.hpp"

namespace fisherlab::runs {

/// How Monte Carlo standard errors are formed that need an assumption: of the empirical standard error, the relative
/// error of the reported one, the relative precision, and the bias-eliminated coverage.
enum class ErrorsBy {
  jackknife,  ///< without one, as in `simulate`
  normal      ///< as Morris, White and Crowther (2019), table 6: normal estimates, independent of their standard errors
};

/// How far a measure may lie from what theory says; what is not set is not judged.
struct AnalysisMargins {
  std::optional<double> bias = {};       ///< of the bias from 0, in the unit of the estimate
  bool bias_is_relative = false;         ///< or as a share of the truth
  std::optional<double> coverage = {};   ///< of the coverage from the level
  std::optional<double> std_error = {};  ///< of model SE over empirical SE from 1
};

/// What to make of estimates.
struct AnalysisSettings {
  double level = 0.95;  ///< of the intervals
  double null = 0;      ///< the value whose rejection is power
  ErrorsBy errors = ErrorsBy::jackknife;
  AnalysisMargins margins = {};
  Expectation expected = Expectation::report;  ///< of all findings
  double family_error = 0.01;                  ///< of all findings together
};

/// The table of performance, and the findings of what is judged, group by group.
/// Definitions: docs/analyze.md. Source: Morris, White and Crowther (2019), Statistics in Medicine 38, 2074-2102, table
/// 6; each is derived where it is computed.
RunTables analyse(Estimates const& estimates, AnalysisSettings const& settings);

}  // namespace fisherlab::runs

#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "findings/finding.hpp"
#include "findings/performance.hpp"
#include "findings/run_tables.hpp"
#include "reports/tables/terminal_table.hpp"

namespace fisherlab::reports {

/// One finding in two runs. The pointers lead into the runs that were compared.
struct FindingChange {
  Finding const* before = nullptr;  ///< in the first run
  Finding const* after = nullptr;   ///< in the second
  /// (after - before)/sqrt(sum of the squared standard errors): 0 when the estimates are equal, infinite or not a
  /// number when they differ and neither has a standard error. Runs of one seed share their draws, so there it is no
  /// test, only a measure.
  double shift = 0;
  bool region_changed = false;  ///< the two were held to different regions
  /// Above 0 when the outcome got worse (pass, then open, then fail), below 0 when it got better. Findings that are
  /// only shown stay at 0.
  int outcome_step = 0;
};

/// The measure that moved most in one row of performance.csv. The pointers lead into the runs that were compared.
struct PerformanceChange {
  PerformanceRow const* before = nullptr;  ///< in the first run
  PerformanceRow const* after = nullptr;   ///< in the second
  std::string_view measure;                ///< its column
  Estimated from;                          ///< before; not a number where the run does not have it
  Estimated to;                            ///< after; the same
  double shift = 0;                        ///< in combined standard errors, as that of a finding
};

/// What differs in performance.csv.
struct PerformanceComparison {
  std::size_t matched = 0;                 ///< rows of one model, parameters, n, estimator and component in both
  std::vector<PerformanceChange> changed;  ///< one a row, the largest shift first
  std::size_t only_before = 0;             ///< rows that the second run lacks
  std::size_t only_after = 0;              ///< rows that the first run lacks
};

/// What differs between two runs.
struct Comparison {
  bool same_fingerprint = false;            ///< of the tallies; false when either run has none
  bool same_findings_bytes = false;         ///< of findings.csv
  std::size_t matched = 0;                  ///< findings in both
  std::vector<FindingChange> changed;       ///< in any cell, the largest shift first
  std::vector<Finding const*> only_before;  ///< findings that the second run lacks
  std::vector<Finding const*> only_after;   ///< findings that the first run lacks
  PerformanceComparison performance;        ///< the same of performance.csv
  int worse = 0;                            ///< findings whose outcome got worse
  int better = 0;                           ///< findings whose outcome got better

  /// Whether the two runs are the same to the last bit, clocks and hosts aside.
  bool same_bits() const { return same_fingerprint && same_findings_bytes; }
};

/// Two runs and whether their findings.csv are the same bytes.
struct RunPair {
  RecordedRun const& before;         ///< the first run
  RecordedRun const& after;          ///< the second
  bool same_findings_bytes = false;  ///< of their findings.csv
};

/// Matches performance by model, parameters, n, estimator and component.
PerformanceComparison compare_performance(std::span<PerformanceRow const> before,
                                          std::span<PerformanceRow const> after);

/// Matches the findings of two runs by finding_keys, their performance by its rows, and says what changed.
Comparison compare(RunPair const& runs);

/// The comparison for a terminal: same bits or not, verdicts that changed (worse first), the findings that moved most,
/// the performance that moved most, findings in one run only, and the rates of work. At most `most_rows` rows of each.
std::string comparison_text(Comparison const& comparison, RunPair const& runs, TerminalStyle style,
                            std::size_t most_rows = 20);

}  // namespace fisherlab::reports

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "findings/calibration.hpp"

namespace fisherlab::reports {

/// One line a claim: wrong verdicts over runs of its planted truths and controls with the upper end of the 95 %
/// interval of their rate, and for each kind of defect the smallest size found: the smallest from which on all sizes
/// are refuted in at least 99 % of runs. "above 0.2" where the largest size is found less often, "not seen" where it is
/// refuted no oftener than the family error allows, "-" where none was planted. A claim with several cases shows the
/// range over those that find it. Below it what this means in a sentence or two.
std::string calibration_table(std::span<CalibrationRow const> rows, double family_error, int width);

/// One line of the table, in words.
struct CalibrationLine {
  std::string claim;        ///< its id
  std::string wrong;        ///< wrong verdicts over runs
  std::string at_most;      ///< upper end of the interval of their rate
  std::string information;  ///< smallest defect of the information that is found
  std::string score;        ///< of the score
  std::string shift;        ///< of the data
};

/// The table in parts, for a page.
struct CalibrationSummary {
  std::vector<CalibrationLine> lines;  ///< one a claim
  std::int64_t wrong = 0;              ///< wrong verdicts of all runs on planted truths
  std::int64_t runs = 0;               ///< on planted truths
  bool is_contradicted = false;        ///< the declared error, by a claim or by their sum
  std::string sentences;               ///< what this means
};

/// The parts of `calibration_table`.
CalibrationSummary calibration_summary(std::span<CalibrationRow const> rows, double family_error);

}  // namespace fisherlab::reports

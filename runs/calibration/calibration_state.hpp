#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "findings/far_row.hpp"
#include "findings/finding.hpp"

namespace fisherlab::runs {

/// What one run of a calibration came to.
struct CalibrationOutcome {
  Verdict verdict = Verdict::inconclusive;  ///< of the run as a whole
  std::uint64_t print = 0;                  ///< hash of its fingerprint
  std::int64_t replicates = 0;              ///< drawn in it
};

/// What a calibration has come to: the outcomes of its runs, in order, from which all rows follow, and the rows of
/// findings that were examined at the level in use.
struct CalibrationState {
  std::vector<CalibrationOutcome> runs;
  std::int64_t far_subjects = 0;  ///< that are examined
  std::vector<FarRow> far_rows;
  std::int64_t far_replicates = 0;

  /// The state as bytes.
  std::string packed() const;
  /// @throws InputError when the bytes are none.
  void unpack(std::string_view bytes);
};

}  // namespace fisherlab::runs

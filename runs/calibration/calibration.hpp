#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "claims/claim.hpp"
#include "claims/instruments/probes/planted.hpp"
#include "findings/calibration.hpp"
#include "runs/calibration/calibration_state.hpp"
#include "runs/run.hpp"

namespace fisherlab::runs {

/// A claim and the case it is put to: what a question is made of.
struct Subject {
  claims::Claim claim;    ///< what is asked
  claims::Case the_case;  ///< of what
};

/// Names a subject's case: "gamma(shape=2.5;rate=1.3) n=10;20 estimator=mle margin=0.02", with " control" where the
/// case is expected to be refuted.
std::string case_text(claims::Case const& the_case);

/// The defect of a size: the stated information is the true one over 1 + size, the score is off by size, or the data
/// are shifted by size (claims::Defect).
claims::Defect defect_of(DefectKind kind, double size);

/// The sizes that are planted of each kind.
std::span<double const> graded_sizes();

/// How far a calibration is.
struct CalibrationProgress {
  std::string subject;          ///< claim and case at work
  double share = 0;             ///< of all verdicts that may be asked for
  std::int64_t replicates = 0;  ///< so far in all
};

/// The caller's side of a calibration; any of them may be empty.
struct CalibrationHooks {
  std::function<bool()> stop;                                ///< asked before each block; true ends the calibration
  std::function<void(CalibrationProgress const&)> progress;  ///< told after each run
  std::function<double()> elapsed_seconds;                   ///< for the deadline
  CalibrationState* state = nullptr;   ///< what was done before, which is not done again; gets what is done now
  std::function<void()> advance = {};  ///< told when the state has grown
};

/// What a calibration found.
struct Calibration {
  /// Subject by subject: its truth, then each kind of defect by size. After an interruption those that were whole.
  std::vector<CalibrationRow> rows;
  std::string fingerprint;        ///< hash over the fingerprints of all runs
  std::int64_t replicates = 0;    ///< drawn in all runs
  bool deadline_reached = false;  ///< rows are missing for want of time
  bool interrupted = false;       ///< `stop` said so
};

/// Repeats whole verdicts. Each subject is put `runs` times as it stands, from independent seeds, each time with the
/// full plan of looks and the family error of `settings` for its question alone. Then, where it is expected to be
/// verified, with each kind of defect planted, from the largest size down, until a size is refuted no oftener than the
/// family error allows for a truth: smaller ones are not asked. Sizes that the case refuses are left out, and subjects
/// that only report. Seeds are hashes of (seed, claim, case, defect, run): a row does not depend on the other rows, nor
/// on the number of threads. Truths come first; no row starts that would, if it lasted as long as the longest so far,
/// end after `settings.deadline_seconds`.
/// @throws InputError when no subject has an expected verdict, or a case does not fit its claim.
Calibration calibrate(std::span<Subject const> subjects, RunSettings const& settings, std::int64_t runs,
                      CalibrationHooks const& hooks);

}  // namespace fisherlab::runs

#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "findings/far_row.hpp"
#include "runs/calibration/calibration.hpp"
#include "runs/run.hpp"

namespace fisherlab::runs {

/// A look of a run: the error that an interval is charged with, that at which it is computed, and its replicates.
struct LevelInUse {
  double charged = 0;
  double alpha = 0;
  std::int64_t replicates = 0;
};

/// The level of one look of a run over so many findings.
LevelInUse level_of_look(RunSettings const& settings, std::int64_t findings, int look);

/// Which of the subjects are examined: those whose number in the study leaves the rest `part` modulo `parts`. The
/// findings of one stay together, for they share its stored draws.
struct FarPart {
  std::int64_t part = 0;
  std::int64_t parts = 1;
};

/// How the intervals of a study do at the levels at which they are used.
struct FarCheck {
  std::vector<FarRow> rows;       ///< after an interruption those that were whole
  std::int64_t findings = 0;      ///< of the study
  std::string fingerprint;        ///< hash over the bits of all rows
  std::int64_t replicates = 0;    ///< stored
  bool deadline_reached = false;  ///< rows are missing for want of time
  bool interrupted = false;       ///< `stop` said so
};

/// What a study is examined with.
struct FarSettings {
  RunSettings study;         ///< of the study that is examined: its family error and replicates
  std::uint64_t seed = 1;    ///< of the examination
  std::int64_t samples = 0;  ///< of every finding
  FarPart part;              ///< of its subjects
};

/// Every finding of the subjects, grids included, at the level in use: the first look from which its interval is valid
/// under its own law, at most the one with four times the replicates of the first. The law is that of stored draws, as
/// many as two first looks; the chance of a miss is found by importance sampling (miss_rate). Proportions and distances
/// of laws rest on proofs and are named as such; so are those that cannot be examined, with the reason. `execution`
/// settings: threads and deadline are those of `study`.
FarCheck check_far_level(std::span<Subject const> subjects, FarSettings const& settings, CalibrationHooks const& hooks);

}  // namespace fisherlab::runs

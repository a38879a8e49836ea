#pragma once

#include <vector>

#include "findings/attack_row.hpp"
#include "findings/finding.hpp"
#include "findings/influence_row.hpp"
#include "findings/kept_estimates.hpp"
#include "findings/manifest.hpp"
#include "findings/performance.hpp"
#include "findings/pictures.hpp"

namespace fisherlab {

/// The tables of a run. One that the run does not have is empty.
struct RunTables {
  std::vector<Finding> findings;  ///< in the order of the questions; after an interruption those decided so far
  std::vector<PerformanceRow> performance;
  std::vector<ConvergenceRow> convergence;
  PictureRows pictures;
  std::vector<InfluenceRow> influence;
  std::vector<AttackRow> attack;
  std::vector<KeptEstimates> estimates;
};

/// A run as it stands in its folder.
struct RecordedRun : RunTables {
  Manifest manifest;
};

}  // namespace fisherlab

#pragma once

#include <vector>

#include "findings/attack_row.hpp"
#include "findings/finding.hpp"
#include "findings/influence_row.hpp"
#include "findings/manifest.hpp"
#include "findings/performance.hpp"
#include "findings/pictures.hpp"

namespace fisherlab {

/// The tables of a run, as it leaves them in its folder. One that the run does not write is empty.
struct RunTables {
  Manifest manifest;
  std::vector<Finding> findings;
  std::vector<PerformanceRow> performance;
  std::vector<ConvergenceRow> convergence;
  PictureRows pictures = {};
  std::vector<InfluenceRow> influence = {};
  std::vector<AttackRow> attack = {};
};

}  // namespace fisherlab

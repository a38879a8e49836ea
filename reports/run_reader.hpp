#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "claims/finding.hpp"
#include "claims/performance.hpp"
#include "claims/pictures.hpp"
#include "estimators/influence/attack_row.hpp"
#include "estimators/influence/influence_row.hpp"
#include "reports/manifest.hpp"

namespace fisherlab::reports {

/// What a run left in its folder, read back. A file that the run does not write is empty here.
struct RunReports {
  Manifest manifest;
  std::vector<claims::Finding> findings;
  std::vector<claims::PerformanceRow> performance;
  std::vector<claims::ConvergenceRow> convergence;
  claims::PictureRows pictures = {};
  std::vector<estimators::influence::InfluenceRow> influence = {};
  std::vector<estimators::influence::AttackRow> attack = {};
};

/// Reads manifest.json (required), findings.csv, performance.csv, convergence.csv, curves.csv, distributions.csv and
/// intervals.csv of a run's folder; runs of older versions lack the last three.
/// @throws InputError naming the file, and the line where it has one: a folder without a manifest, a file that is cut
///   short, has other columns than it should, or a cell that is no number or no known word.
RunReports read_run(std::filesystem::path const& folder);

}  // namespace fisherlab::reports

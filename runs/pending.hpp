#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "claims/evidence/plan.hpp"
#include "runs/run.hpp"
#include "sim/tallies/tally.hpp"

namespace fisherlab::runs {

/// A question on its way: what its probes have kept, and which findings are still open.
struct Pending {
  claims::Question const* question = nullptr;
  std::vector<sim::Tally> tallies;
  std::vector<std::optional<Finding>> findings;
  std::vector<bool> open;
  std::vector<std::vector<ConvergenceRow>> convergence;  ///< of each finding, at its last measurement
  std::vector<bool> simulated;                           ///< which scenarios are done in the current look
  claims::ExperimentResult experiment;                   ///< of a question about data

  bool active() const { return !question->experiment && std::find(open.begin(), open.end(), true) != open.end(); }
  bool complete() const { return std::find(simulated.begin(), simulated.end(), false) == simulated.end(); }
};

/// Nothing kept, every finding open.
Pending begun(claims::Question const& question);

/// Measures and judges the findings that are still open, from the tallies after this look.
void measure_open(Pending& pending, claims::Plan const& plan, int look);

/// Carries out the question's experiment and judges all its findings, at `level` where the experiment chooses none.
/// What it could not do is added to `notes`; its findings are then inconclusive.
/// @throws sim::Interrupted when told to stop.
void carry_out(Pending& pending, claims::ExperimentRun const& run, double level, std::vector<std::string>& notes);

/// Adds what is decided, and its rows for the reports, to a result.
void collect_into(RunResult& result, Pending const& pending);

}  // namespace fisherlab::runs

#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
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
  bool looks_once = false;          ///< whether the first look is the only one
  std::vector<sim::Tally> tallies;  ///< of the probes; none for an experiment
  std::vector<std::optional<Finding>> findings;
  std::vector<bool> open;
  std::vector<std::vector<ConvergenceRow>> convergence;  ///< of each finding, at its last measurement
  std::vector<bool> simulated;                           ///< which scenarios are done in the current look
  claims::ExperimentResult experiment;                   ///< rows of an experiment
  bool is_carried_out = false;                           ///< the experiment
  std::map<int, claims::Piece> pieces;                   ///< of experiments that are not carried out, by number
  std::vector<std::string> notes;                        ///< what the experiment could not do, and why

  /// Whether this probe takes part in a look: in the first all do (some serve pictures alone), later those from which
  /// an open finding is measured. No finding is opened again, so a probe that misses a look misses all later ones.
  bool folds(std::size_t probe, int look) const;
  /// Nothing is simulated yet of the scenarios whose probes take part.
  void begin_look(int look);
  bool complete() const { return std::find(simulated.begin(), simulated.end(), false) == simulated.end(); }
};

/// Nothing kept, every finding open.
Pending begun(claims::Question const& question);

/// All questions of a run. Those whose findings are shown only look once, and leave further looks to those that decide;
/// where none decides they look as often as the plan allows.
std::vector<Pending> begun(std::vector<claims::Question> const& questions);

/// Judges a finding by its measurement.
void decide(Pending& pending, std::size_t k, Measurement measurement, double level);

/// Measures and judges the findings that are still open, from the tallies after this look.
void measure_open(Pending& pending, claims::Plan const& plan, int look);

/// Writes claim, model and parameters of a question into its rows.
void name_rows(claims::Question const& question, std::vector<ConvergenceRow>& rows);

/// Adds what is decided, and its rows for the reports, to a result.
void collect_into(RunResult& result, Pending const& pending);

}  // namespace fisherlab::runs

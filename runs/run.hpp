#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "claims/claim.hpp"
#include "findings/run_tables.hpp"

namespace fisherlab::runs {

/// What decides the bits of a run, and how long it may take.
struct RunSettings {
  std::uint64_t seed = 1;                   ///< of all random numbers
  double family_error = 1e-6;               ///< probability of any wrong verdict in the run
  std::int64_t first_replicates = 65'536;   ///< of each scenario at the first look, rounded up to whole blocks
  std::int64_t max_replicates = 4'194'304;  ///< of a scenario in all looks
  /// The work ends at it, between two blocks. Before, scenarios that would end later at the pace so far are left out
  /// while smaller ones are simulated; what has had no look by then is open.
  double deadline_seconds = std::numeric_limits<double>::infinity();
  double closing_seconds = 0;   ///< that the caller needs after the work, which ends so much before the deadline
  int threads = 0;              ///< 0: one a core
  bool performance = true;      ///< also the measures of every estimator
  bool pictures = false;        ///< also the rows that pictures show
  bool keep_estimates = false;  ///< also every estimate of the first look
};

/// Told while a run goes on.
struct Progress {
  std::string scenario;         ///< what is simulated: model, parameters, n
  int look = 0;                 ///< from 1
  std::int64_t done = 0;        ///< work so far: observations drawn in this look (replicates x n), or of an experiment
  std::int64_t planned = 0;     ///< work of this look, or of the experiment
  std::int64_t replicates = 0;  ///< replicates so far in all looks
};

/// The caller's side of a run; any of them may be empty.
struct RunHooks {
  std::function<bool()> stop;                     ///< asked before each block; true ends the run
  std::function<void(Progress const&)> progress;  ///< told after each block
  std::function<double()> elapsed_seconds;        ///< for the deadline; the run reads no clock of its own
  /// Given the state of the run, between two blocks, every `save_seconds` (oftener at first), where it is interrupted
  /// and where its looks end; a run that is given it as `resumed` goes on there and ends with the same bytes.
  std::function<void(std::string state)> save = {};
  double save_seconds = 8;   ///< by elapsed_seconds
  std::string resumed = {};  ///< a state that was saved; empty for a run from the beginning
};

/// The tables of a run, and how it went.
struct RunResult : RunTables {
  std::vector<std::string> notes;  ///< what experiments could not do, and why
  std::string fingerprint;         ///< hash of every tally, 16 hexadecimal digits
  int looks = 0;                   ///< looks taken
  std::int64_t replicates = 0;     ///< drawn in all scenarios
  bool deadline_reached = false;   ///< the deadline, not the plan, ended the looks
  bool interrupted = false;        ///< `stop` said so
};

/// Answers all questions. Scenarios that several questions share are simulated once a look. After each look, questions
/// with an inconclusive finding get twice the replicates, up to the maximum or the deadline, unless what a verdict
/// takes is known to exceed the maximum; the family error is split over all findings and looks (claims::Plan).
/// Experiments on data sets are carried out once, in the first look.
/// @throws InputError when the state to be resumed is of other questions or settings.
RunResult run(std::vector<claims::Question> const& questions, RunSettings const& settings, RunHooks const& hooks);

}  // namespace fisherlab::runs

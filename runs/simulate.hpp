#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "claims/instruments/probes/interval_performance.hpp"
#include "claims/setting.hpp"
#include "estimators/catalogue.hpp"
#include "estimators/estimator.hpp"
#include "findings/run_tables.hpp"

namespace fisherlab::runs {

/// A plain Monte Carlo study of estimators, without verdicts.
struct Simulation {
  claims::Law law;                                   ///< the model at the theta that samples are drawn from
  std::vector<claims::Law> more_laws = {};           ///< the same model at further theta, of a grid
  std::vector<std::int64_t> sizes;                   ///< n of each scenario
  std::vector<estimators::AnyEstimator> estimators;  ///< all see the same samples
  std::int64_t replicates = 100'000;                 ///< of each scenario
  double level = 0.95;                               ///< of the intervals
  /// Intervals by maximum likelihood that are compared; none: the Wald interval of each estimator alone.
  std::vector<claims::IntervalMethod> intervals = {};
  std::vector<std::optional<double>> null_values = {};  ///< of each parameter, what its tests are to reject; or none
  bool score_controls = false;                          ///< whether bias and emp_se are also adjusted by score controls
  bool keep_estimates = false;                          ///< also every estimate, replicate by replicate
  std::uint64_t seed = 1;                               ///< of all random numbers
  int threads = 0;                                      ///< 0: one a core; the result is the same for any number
  std::string model_text = {};  ///< `[[model]]` in TOML, where the model stands in none but a file

  /// All theta, in order; each has all sizes.
  std::vector<claims::Law> laws() const;
  /// The intervals with what they are measured by.
  claims::ComparedIntervals compared() const { return {intervals, null_values, level}; }
};

/// How far a simulation is.
struct SimulationProgress {
  std::string scenario;         ///< "gamma shape=2.5;rate=1.3, n = 100"
  double share = 0;             ///< of all observations
  std::int64_t replicates = 0;  ///< so far in all
};

/// The caller's side of a simulation; any of them may be empty.
struct SimulationHooks {
  std::function<bool()> stop;                               ///< asked before each block
  std::function<void(SimulationProgress const&)> progress;  ///< told after each block
  std::function<double()> elapsed_seconds = {};             ///< for the moments at which the state is saved
  /// Given the state between two blocks every `save_seconds` (oftener at first) and where the simulation is
  /// interrupted; a simulation that is given it as `resumed` goes on there and ends with the same bytes.
  std::function<void(std::string state)> save = {};
  double save_seconds = 8;   ///< by elapsed_seconds
  std::string resumed = {};  ///< a state that was saved; empty for a simulation from the beginning
};

/// The table of performance, theta by theta and n by n, after an interruption of those that were done; and how it went.
struct SimulationResult : RunTables {
  std::string fingerprint;      ///< hash of every tally, 16 hexadecimal digits
  std::int64_t replicates = 0;  ///< drawn in all
  bool interrupted = false;     ///< `stop` said so
};

/// The estimators of these names for a model: `mle`, `trimmed_mean(0.1)`. `what`: where the names stand, in messages.
/// @throws InputError for one that does not exist, is given twice or does not fit the model.
std::vector<estimators::AnyEstimator> make_estimators(
    std::vector<std::string> const& names, sim::AnyModel const& model, std::string const& what,
    estimators::Estimators const& catalogue = estimators::shipped_estimators());

/// Refuses what cannot be simulated, before any time is spent.
/// @throws InputError when the machine cannot do it (check_workload), when an estimator has no variance at some n, so
/// that its performance would mean nothing, or when there are no score controls for the law and they are asked for.
void check(Simulation const& simulation);

/// Draws the replicates of every n and measures all estimators: bias, standard errors, coverage, each with its Monte
/// Carlo standard error.
/// @throws InputError as check(), or when the state to be resumed is of another simulation.
SimulationResult simulate(Simulation const& simulation, SimulationHooks const& hooks = {});

}  // namespace fisherlab::runs

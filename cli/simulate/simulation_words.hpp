#pragma once

#include <optional>
#include <string>
#include <vector>

#include "claims/shipped.hpp"
#include "runs/resume/checkpoint.hpp"
#include "runs/simulate.hpp"
#include "runs/studies/study_estimators.hpp"

namespace fisherlab::cli {

/// A simulation in the words of the command line.
struct SimulationWords {
  std::optional<std::string> model;
  std::optional<std::string> theta;
  std::optional<std::string> n;
  std::string replicates = "1e5";
  std::string estimators = "mle";
  std::string level = "0.95";
  std::string controls = "none";
  bool keep_estimates = false;
  std::string draws = "lanes";
  std::optional<std::string> intervals = {};  ///< by maximum likelihood, to be compared
  std::optional<std::string> null = {};       ///< values that tests are to reject
  std::optional<std::string> constants = {};  ///< of the model, where they do not stand in theta
  std::string program = {};                   ///< `[[estimator]]` in TOML, of an estimator that is another program
  std::string model_text = {};                ///< of a file with models; empty where there is none
};

/// What `--controls` may be.
std::vector<std::string> control_names();
/// What `--interval` may be.
std::vector<std::string> compared_interval_names();

/// The simulation that the words are of; seed and threads are the caller's.
/// @throws InputError saying which word is missing or wrong.
runs::Simulation read_simulation(SimulationWords const& words, claims::Catalogue const& catalogue);

/// The programs among its estimators, with the smallest samples that they get.
std::vector<runs::ExternalUse> programs_of(runs::Simulation const& simulation);

/// Its theta as --theta expects it, a parameter that varies with all its values: "shape=[1,2.5],rate=1.3".
std::string theta_text(runs::Simulation const& simulation);

/// The word for where its samples come from.
std::string draws_of(runs::Simulation const& simulation);

/// What decides the bytes of a simulation: its words and the seed.
runs::RunFacts facts_of(runs::Simulation const& simulation);

/// The simulation that such facts are of, to the bit, on as many threads as there are.
/// @throws InputError when they are of none that the catalogue knows.
runs::Simulation simulation_in(runs::RunFacts const& facts, claims::Catalogue const& catalogue);

/// Whether they are the facts of a simulation.
bool is_simulation(runs::RunFacts const& facts);

}  // namespace fisherlab::cli

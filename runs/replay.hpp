#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "claims/claim.hpp"
#include "estimators/estimator.hpp"

namespace fisherlab::runs {

/// A scenario of a study, simulated once for all questions about it, and the estimators that they fit to it.
struct ReplayScenario {
  claims::Scenario scenario;                         ///< what was drawn, and how it is read
  std::vector<estimators::AnyEstimator> estimators;  ///< each once
};

/// The scenarios of some questions in the order in which a run simulates them.
std::vector<ReplayScenario> replay_scenarios(std::vector<claims::Question> const& questions);

/// What an estimator made of one sample.
struct ReplayedFit {
  std::string estimator;                ///< its name
  std::vector<std::string> components;  ///< of what it estimates
  bool found = false;                   ///< whether there is an estimate
  std::vector<double> estimate;         ///< one a component
  std::vector<double> std_error;        ///< one a component, or none
};

/// One replicate, drawn again.
struct Replay {
  int dimension = 1;              ///< coordinates of an observation
  std::vector<double> sample;     ///< n observations, coordinate by coordinate
  double log_likelihood = 0;      ///< at the theta that the claims hold the estimates to
  std::vector<double> score;      ///< sum of the scores there, p
  std::vector<ReplayedFit> fits;  ///< of the scenario's estimators
};

/// Draws and fits a replicate as a run of this seed did, to the last bit: it stands in the same lane of the same batch.
/// @throws InputError for a replicate below 0.
Replay replay(ReplayScenario const& scenario, std::uint64_t seed, std::int64_t replicate);

/// Replicates below `replicates` for which an estimator found no estimate.
struct FailedFits {
  std::string estimator;            ///< its name
  std::int64_t count = 0;           ///< how many
  std::vector<std::int64_t> first;  ///< the first hundred of them
};

/// Those of each estimator of the scenario.
std::vector<FailedFits> failed_fits(ReplayScenario const& scenario, std::uint64_t seed, std::int64_t replicates);

}  // namespace fisherlab::runs

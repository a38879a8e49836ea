#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "claims/claim.hpp"
#include "estimators/estimator.hpp"

namespace fisherlab::runs {

/// What a claim looks at in the replicates of a scenario.
struct ReplayReader {
  std::string claim;    ///< its id
  claims::Probe probe;  ///< what it writes down
};

/// A scenario of a study, simulated once for all questions about it, and the estimators that they fit to it.
struct ReplayScenario {
  claims::Scenario scenario;                         ///< what was drawn, and how it is read
  std::vector<estimators::AnyEstimator> estimators;  ///< each once
  std::vector<ReplayReader> readers = {};            ///< all of its probes, in the order of the questions
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
  std::int64_t evaluations = 0;         ///< of the log likelihood in the search; 0 where there is none
};

/// What a claim keeps of one sample.
struct ReplayedValues {
  std::string claim;           ///< its id
  bool found = false;          ///< whether the replicate counts; else its fit or search failed
  std::vector<double> values;  ///< whose means and covariances it judges by, then statistics of which it keeps the law
};

/// One replicate, drawn again.
struct Replay {
  int dimension = 1;                 ///< coordinates of an observation
  std::vector<double> sample;        ///< n observations, coordinate by coordinate
  double log_likelihood = 0;         ///< at the theta that the claims hold the estimates to
  std::vector<double> score;         ///< sum of the scores there, p
  std::vector<ReplayedFit> fits;     ///< of the scenario's estimators
  std::vector<ReplayedValues> kept;  ///< of each reader that keeps values
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

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "findings/finding.hpp"
#include "runs/calibration/each_in_turn.hpp"
#include "runs/calibration/stored_draws.hpp"
#include "runs/calibration/tilted_laws.hpp"
#include "sim/tallies/tally.hpp"

namespace fisherlab::runs {

/// Weights of the stored draws, scenario by scenario.
using Weights = std::vector<std::vector<double>>;
/// Tallies of a sample of the stored draws: of each scenario, one a probe. Also of one scenario in several samples.
using Tallies = std::vector<std::vector<sim::Tally>>;

/// An interval as a function of a sample of the stored draws, each held as often as its weight says.
struct Examined {
  std::vector<StoredScenario const*> scenarios;        ///< whose draws it is a function of
  std::function<Measurement(Tallies const&)> measure;  ///< the interval; weights of a scenario sum to `replicates`
  std::int64_t replicates = 0;                         ///< R, of each scenario
  Execution execution = {};                            ///< of the search and the samples
  double charged = 0;                                  ///< error that the interval is charged with; 0: not known
  double critical = 0;                                 ///< of a normal law at the error of the interval
  std::optional<double> exact = {};                    ///< what is measured, where theory knows it

  /// The draws of one scenario under each of several vectors of weights. @throws sim::Interrupted when told to stop,
  /// for a way to miss can take a minute to find; `at` and `at_each` too.
  Tallies tallied(std::size_t scenario, std::span<std::vector<double> const> weights) const;
  Measurement at(Weights const& weights) const;
  /// Of several samples, `weights[s][k]` those of scenario s in sample k: each scenario is walked once for all.
  std::vector<Measurement> at_each(std::vector<Weights> const& weights) const;
};

/// Tallies of R replicates that are spread evenly over the stored draws.
Tallies tallies_of_draws(Examined const& examined);

/// Expected numbers of the draws in a sample from tilted laws.
Weights expected_weights(Examined const& examined, TiltedLaws const& laws, Tilt const& tilt);

/// A number that is read off a measurement.
using Functional = std::function<double(Measurement const&)>;

/// Slopes of a functional along each feature at a tilted law, by central differences over a fraction of the critical
/// distance; none where it is not finite.
std::optional<Tilt> slopes(Examined const& examined, TiltedLaws const& laws, Tilt const& at,
                           Functional const& functional, double fraction);

/// Coefficients of its influence function there: the regression of the slopes on the features.
std::optional<Tilt> influence(Examined const& examined, TiltedLaws const& laws, Tilt const& at,
                              Functional const& functional, double fraction);

}  // namespace fisherlab::runs

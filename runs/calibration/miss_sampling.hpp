#pragma once

#include <cstdint>
#include <vector>

#include "runs/calibration/examined.hpp"
#include "runs/calibration/miss_rate.hpp"
#include "runs/calibration/tilted_laws.hpp"
#include "runs/calibration/urn.hpp"

namespace fisherlab::runs {

/// Samples from a mixture of tilted laws, and what their misses weigh: the true law over the mixture. Half of the
/// samples are shared out evenly, the other half as the ways to miss are likely, e^-(R times relative entropy).
class MissSampling {
 public:
  /// @param truth  what the interval should hold
  /// @param samples  of one round, about
  MissSampling(Examined const& examined, TiltedLaws const& laws, double truth, std::vector<Tilt> tilts,
               std::int64_t samples, std::uint64_t key);

  /// Draws one more round of samples, on all threads. @throws sim::Interrupted when told to stop.
  void draw();
  /// What all samples so far say.
  MissRate rate() const;

 private:
  /// Weights of scenarios, then of samples.
  using Drawn = std::vector<Weights>;

  std::vector<double> drawn(Urn const& urn, sim::ScalarStream& stream) const;
  void add_misses(std::vector<Urn> const& urns, std::int64_t first, std::int64_t last,
                  std::vector<double>& weights) const;
  std::vector<double> weights_of_misses(std::size_t tilt, std::int64_t first, std::int64_t last) const;
  double density_ratio(Drawn const& drawn, std::size_t sample) const;

  Examined const& examined_;
  TiltedLaws const& laws_;
  double truth_;
  std::vector<Tilt> tilts_;
  std::vector<double> norms_;            ///< R times the cumulants of the tilts
  std::vector<std::int64_t> from_each_;  ///< samples of a round, from each tilt
  std::int64_t in_round_ = 0;            ///< their sum
  std::uint64_t key_;
  std::int64_t samples_ = 0;
  double sum_ = 0, squares_ = 0, largest_ = 0;  ///< of weights
};

}  // namespace fisherlab::runs

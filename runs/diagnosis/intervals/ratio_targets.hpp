#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "claims/setting.hpp"
#include "sim/random/stream_key.hpp"
#include "sim/sample.hpp"

namespace fisherlab::runs {

/// Eight samples: their estimates, and the likelihood-ratio statistics of the targets.
struct RatioDraw {
  sim::LaneSet found = 0;
  std::vector<sim::Lanes> estimate;
  std::vector<sim::Lanes> ratio;  ///< NaN where it is not known
};

/// Quantities whose likelihood-ratio statistics at the truth are calibrated together: the components of theta, or
/// functions of it.
struct RatioSource {
  std::size_t count = 0;
  std::vector<double> theta;  ///< the truth
  /// Eight samples drawn at a theta, with the statistics of "target a is what it is there" for those whose bit is in
  /// `wanted`. Runs on any thread.
  std::function<RatioDraw(std::vector<double> const& theta, sim::StreamKey const& key, unsigned wanted)> draw;
  /// Whether target a is larger at an estimate than at the truth.
  std::function<bool(std::vector<double> const& estimate, std::size_t a)> is_high;
  /// Whether an estimate lies inside the space, so that samples can be drawn there.
  std::function<bool(std::vector<double> const& estimate)> is_inside;
  double least_cut_off = 0;  ///< chi-squared's; 0 where the coverage is summed (LatticeWorth)
};

/// What is calibrated of samples without censoring.
struct RatioTargets {
  std::size_t count = 0;
  /// Statistics of "target a is what it is at `truth`" in eight samples, NaN where not known. `estimate`: p Lanes.
  std::function<sim::Lanes(claims::Law const& truth, sim::Sample const& sample, sim::Lanes const* estimate,
                           sim::Lanes const& log_likelihood, std::size_t a)>
      ratio;
  /// Whether target a is larger at an estimate than at the truth.
  std::function<bool(claims::Law const& truth, std::vector<double> const& estimate, std::size_t a)> is_high;
};

/// The components of the model's theta.
RatioTargets components(sim::BatchModel const& model);

/// Samples of n drawn at the law.
RatioSource source_of(claims::Law const& law, RatioTargets const& targets, std::int64_t n, double level);

}  // namespace fisherlab::runs

#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "claims/setting.hpp"
#include "sim/sample.hpp"

namespace fisherlab::runs {

/// Quantities whose likelihood-ratio statistics at the truth are calibrated together: the components of theta, or
/// functions of it.
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

}  // namespace fisherlab::runs

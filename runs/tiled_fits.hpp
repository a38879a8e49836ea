#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "claims/probe.hpp"
#include "sim/models/interface/tiles.hpp"
#include "sim/random/stream_key.hpp"

namespace fisherlab::runs {

/// Fits samples that are drawn tile by tile and forgotten, so that memory does not grow with n: of laws that are drawn
/// in order, by estimators that need totals alone. The numbers and estimates are those of whole samples, to the last
/// bit.
class TiledFits {
 public:
  TiledFits(claims::Scenario const& scenario, std::vector<estimators::AnyEstimator> estimators);

  /// Whether every sample of the scenario can be fitted so, by all these estimators.
  bool is_possible() const { return source_ != nullptr; }

  /// The estimates of eight samples, one an estimator; false where the samples must be looked at.
  bool estimate(sim::StreamKey const& key, std::vector<estimators::Estimates*> const& estimates);

 private:
  void add(sim::Sample& tile);

  std::int64_t n_;
  std::vector<estimators::AnyEstimator> estimators_;
  std::unique_ptr<sim::TileSource> source_;
  std::vector<std::unique_ptr<sim::TileTotals>> totals_;  ///< one an estimator
  sim::Sample tile_{0, 1}, last_{0, 1};
};

/// Whether samples are to be fitted so: they are longer than a tile, and no probe looks at one.
bool needs_no_samples(claims::Scenario const& scenario, std::vector<claims::Probe const*> const& probes);

}  // namespace fisherlab::runs

#pragma once

#include <vector>

#include "runs/replicates.hpp"

namespace fisherlab::test {

/// What each probe keeps of some stretches of a scenario's replicates, one after the other.
inline std::vector<sim::Tally> folded(claims::Scenario const& scenario, std::vector<claims::Probe> const& probes,
                                      std::vector<runs::Stretch> const& stretches, int threads) {
  std::vector<claims::Probe const*> shown;
  std::vector<sim::Tally> tallies;
  for (auto const& probe : probes) {
    shown.push_back(&probe);
    tallies.emplace_back(probe.shape);
  }
  std::vector<sim::Tally*> targets;
  for (auto& tally : tallies) targets.push_back(&tally);
  for (auto const& stretch : stretches)
    runs::fold_replicates(scenario, shown, stretch, {.threads = threads, .stop = {}, .advance = {}}, targets);
  return tallies;
}

}  // namespace fisherlab::test

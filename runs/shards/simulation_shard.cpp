#include "runs/shards/simulation_shard.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "runs/looks.hpp"
#include "runs/resume/save_clock.hpp"
#include "runs/simulated/interval_lines.hpp"
#include "runs/simulated_size.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

/// All scenarios of a simulation at once.
class Sizes {
 public:
  explicit Sizes(Simulation const& simulation)
      : simulation_(simulation), controlled_(controlled_estimators(simulation)) {
    for (auto const& scenario : simulated_scenarios(simulation))
      sizes_.emplace_back(simulation, controlled_[scenario.law], scenario);
  }
  Sizes(Sizes const&) = delete;
  Sizes& operator=(Sizes const&) = delete;

  std::deque<SimulatedSize>& sizes() { return sizes_; }

  /// What a share has of the blocks of each size.
  LookWork share(Share const& share) const {
    LookWork all;
    std::vector<std::int64_t> counts;
    for (auto const& size : sizes_) {
      all.push_back(size.all());
      counts.push_back(size.n());
    }
    return share_of(all, counts, share);
  }
  /// The same, but for what is folded.
  LookWork missing(Share const& of) const {
    auto work = share(of);
    for (std::size_t k = 0; k < work.size(); ++k) work[k] = common(work[k], sizes_[k].missing());
    return work;
  }
  Left left_of(Share const& share) const {
    Left left;
    for (auto const& ranges : missing(share)) left.blocks += block_count(ranges);
    return left;
  }

  std::string packed() const {
    Packer packer;
    for (auto const& size : sizes_) size.pack(packer);
    return std::move(packer).take();
  }
  void add(std::string_view bytes) {
    Unpacker unpacker(bytes);
    for (auto& size : sizes_) size.unpack(unpacker);
    Unpacker::expect(unpacker.is_at_end());
  }

  std::int64_t replicates_in(LookWork const& work) const {
    std::int64_t count = 0;
    for (auto const& ranges : work)
      for (auto const& range : ranges)
        count += std::min(range.last * sim::block_size, simulation_.replicates) - range.first * sim::block_size;
    return count;
  }
  double observations_in(LookWork const& work) const {
    double count = 0;
    for (std::size_t k = 0; k < work.size(); ++k)
      count += static_cast<double>(sizes_[k].n()) * static_cast<double>(replicates_in({work[k]}));
    return count;
  }

 private:
  Simulation const& simulation_;
  std::vector<ControlledEstimators> controlled_;  ///< of each theta
  std::deque<SimulatedSize> sizes_;
};

}  // namespace

ShardResult run_shard(Simulation const& simulation, SimulationHooks const& hooks, Share const& share) {
  check(simulation);
  Sizes all(simulation);
  if (!hooks.resumed.empty()) all.add(hooks.resumed);
  auto const planned = all.share(share), missing = all.missing(share);
  double const observations = all.observations_in(planned);
  double done = observations - all.observations_in(missing);
  ShardResult result{all.replicates_in(planned) - all.replicates_in(missing), false, false};
  SaveClock clock(hooks.elapsed_seconds, hooks.save_seconds);
  try {
    for (std::size_t k = 0; k < missing.size(); ++k) {
      auto& size = all.sizes()[k];
      auto const advance = [&](std::int64_t replicates) {
        result.replicates += replicates;
        done += static_cast<double>(size.n()) * static_cast<double>(replicates);
        if (hooks.progress) hooks.progress({size.name(), done / observations, result.replicates});
        if (!hooks.save || !clock.is_due()) return;
        hooks.save(all.packed());
        clock.saved();
      };
      size.draw(missing[k], {simulation.threads, hooks.stop, advance});
    }
  } catch (sim::Interrupted const&) {
    result.interrupted = true;
  }
  if (hooks.save) hooks.save(all.packed());
  return result;
}

SimulationResult merge_shards(Simulation const& simulation, std::vector<ShardState> const& shards) {
  check(simulation);
  Sizes all(simulation);
  SharedWork const shared{[&all](std::string_view state) { all.add(state); },
                          [&all](Share const& share) { return all.left_of(share); }};
  for (auto const& shard : shards) add_shard(shard, shared);
  expects(!all.left_of({}).any(), "shards of the simulation are missing, name all of them");
  SimulationResult result;
  std::string fingerprints;
  for (auto& size : all.sizes()) size.measure(result, fingerprints);
  add_interval_lines(simulation, result);
  result.replicates = simulation.replicates * std::ssize(all.sizes());
  result.fingerprint = simulation_fingerprint(fingerprints);
  return result;
}

}  // namespace fisherlab::runs

#include "runs/calibration/stored_draws.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/models/interface/theta.hpp"

namespace fisherlab::runs {
namespace {

using sim::Lanes;

/// 1 in the lanes of a set, 0 in the others.
Lanes ones(sim::LaneSet set) {
  Lanes result = 0.0;
  for (int lane = 0; lane < sim::lane_count; ++lane) result.set(lane, (set >> lane & 1) != 0 ? 1.0 : 0.0);
  return result;
}

/// A probe that keeps all it notes, a record for each replicate in their order; the last number tells whether the probe
/// uses this one.
claims::Probe recording(claims::Probe const& probe) {
  claims::Probe result = probe;
  auto const inner = probe.shape;
  result.shape = {};
  result.shape.records = inner.values + inner.successes + 1;
  result.observe = [inner, observe = probe.observe](claims::Batch const& batch, sim::Observed& out) {
    sim::Observed noted(inner);
    noted.used = out.used;
    noted.dropped = out.dropped;
    observe(batch, noted);
    out.dropped = noted.dropped;
    out.used = static_cast<sim::LaneSet>((out.used | noted.used) & ~noted.dropped);
    std::size_t k = 0;
    for (auto const& value : noted.values) out.records[k++] = value;
    for (auto const yes : noted.successes) out.records[k++] = ones(yes);
    out.records[k] = ones(noted.used);
  };
  return result;
}

sim::NotedDraws noted_from(sim::TallyShape const& shape, std::vector<double> const& records) {
  sim::NotedDraws draws;
  draws.shape = shape;
  auto const values = static_cast<std::size_t>(shape.values);
  auto const successes = static_cast<std::size_t>(shape.successes);
  auto const width = values + successes + 1;
  auto const lanes = static_cast<std::size_t>(sim::lane_count);
  auto const batches = (records.size() / width + lanes - 1) / lanes;
  draws.values.assign(batches * values, Lanes(0.0));
  draws.successes.assign(batches * successes, Lanes(0.0));
  draws.used.assign(batches, Lanes(0.0));
  draws.dropped.assign(batches, Lanes(0.0));
  draws.centre.assign(values, 0.0);
  double count = 0;
  for (std::size_t i = 0; i * width < records.size(); ++i) {
    double const* const row = records.data() + i * width;
    int const lane = static_cast<int>(i % lanes);
    auto const batch = i / lanes;
    if (std::isnan(row[width - 1])) draws.dropped[batch].set(lane, 1.0);
    if (row[width - 1] != 1) continue;
    draws.used[batch].set(lane, 1.0);
    ++count;
    for (std::size_t a = 0; a < values; ++a) {
      draws.values[batch * values + a].set(lane, row[a]);
      draws.centre[a] += (row[a] - draws.centre[a]) / count;
    }
    for (std::size_t s = 0; s < successes; ++s) draws.successes[batch * successes + s].set(lane, row[values + s]);
  }
  return draws;
}

}  // namespace

bool can_be_stored(claims::Probe const& probe) {
  return !probe.shape.marks && probe.shape.records == 0 && probe.shape.positions == 0;
}

std::size_t StoredScenario::products() const {
  std::size_t sums = 0;
  for (auto const& draws : noted) sums += sim::packed_size(static_cast<std::size_t>(draws->shape.values));
  return sums;
}

std::size_t StoredScenario::joint_powers() const {
  std::size_t sums = 0;
  for (auto const& draws : noted)
    for (auto const& block : draws->shape.powers) sums += block.monomials->count();
  return sums;
}

StoredScenario StoredScenario::of_probes(std::vector<std::size_t> const& some) const {
  StoredScenario result{scenario, some, {}, count};
  for (auto const probe : some)
    result.noted.push_back(noted[static_cast<std::size_t>(std::ranges::find(probes, probe) - probes.begin())]);
  return result;
}

StoredScenario store_draws(claims::Sampled const& question, std::size_t scenario,
                           std::vector<std::size_t> const& probes, Stretch const& stretch, Execution const& execution) {
  std::vector<claims::Probe> recorders;
  std::vector<sim::Tally> tallies;
  for (auto const k : probes) {
    recorders.push_back(recording(question.probes[k]));
    tallies.emplace_back(recorders.back().shape);
  }
  std::vector<claims::Probe const*> shown;
  std::vector<sim::Tally*> folded;
  for (std::size_t k = 0; k < recorders.size(); ++k) {
    shown.push_back(&recorders[k]);
    folded.push_back(&tallies[k]);
  }
  fold_replicates(question.scenarios[scenario], shown, stretch, execution, folded);
  StoredScenario result{scenario, probes, {}, stretch.last - stretch.first};
  for (std::size_t k = 0; k < probes.size(); ++k)
    result.noted.push_back(std::make_shared<sim::NotedDraws const>(
        noted_from(question.probes[probes[k]].shape, std::exchange(tallies[k].records, {}))));
  return result;
}

}  // namespace fisherlab::runs

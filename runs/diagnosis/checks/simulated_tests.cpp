#include "runs/diagnosis/checks/simulated_tests.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <unordered_map>

#include "base/hash.hpp"
#include "estimators/mle.hpp"
#include "runs/diagnosis/checks/information_test.hpp"
#include "runs/diagnosis/goodness_statistics.hpp"
#include "runs/resume/stages.hpp"
#include "runs/studies/parameters.hpp"
#include "sim/engine/engine.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::runs {
namespace {

/// Samples enough for a p-value of .01 over the number of tests.
std::int64_t replicates_for(std::int64_t n) { return n <= 5000 ? 999 : 499; }

/// What is tested, and its estimate.
struct Tested {
  claims::Law law;
  std::vector<double> values;
};

/// Rows drawn without replacement, by the first swaps of a shuffle of all, of which only what they move is kept.
std::vector<double> chosen_rows(std::vector<double> const& values, std::uint64_t seed) {
  auto const wanted = static_cast<std::size_t>(most_tested_rows);
  if (values.size() <= wanted) return values;
  sim::ScalarStream stream({seed, stable_hash("rows that are tested"), 0});
  std::unordered_map<std::size_t, double> moved;
  auto const at = [&](std::size_t place) {
    auto const found = moved.find(place);
    return found == moved.end() ? values[place] : found->second;
  };
  std::vector<double> chosen;
  for (std::size_t i = 0; i < wanted; ++i) {
    auto const left = static_cast<double>(values.size() - i);
    auto const step = static_cast<std::size_t>(stream.open_uniform() * left);
    auto const other = std::min(i + step, values.size() - 1);
    chosen.push_back(at(other));
    moved[other] = at(i);
  }
  return chosen;
}

sim::Sample sample_of(std::vector<double> const& values) {
  sim::Sample sample(static_cast<std::int64_t>(values.size()), 1);
  for (std::size_t i = 0; i < values.size(); ++i) sample(static_cast<std::int64_t>(i)) = values[i];
  return sample;
}

std::vector<double> at_lane(std::vector<sim::Lanes> const& estimate, int lane) {
  std::vector<double> result;
  for (auto const& component : estimate) result.push_back(component[lane]);
  return result;
}

/// The rows with the estimate from them.
Tested tested_rows(FittedData const& fitted, Observations const& data, std::uint64_t seed) {
  Tested tested{fitted.law(), chosen_rows(data.values, seed)};
  if (tested.values.size() == data.values.size()) return tested;
  std::vector<sim::Lanes> estimate(tested.law.theta.size());
  bool const is_found = (estimators::fit(*fitted.model, sample_of(tested.values), estimate.data()).found & 1u) != 0;
  if (is_found && theta_problem(*fitted.model, at_lane(estimate, 0)).empty()) tested.law.theta = at_lane(estimate, 0);
  return tested;
}

/// What one block, or all of them, say: for each distance the samples in which it is as large as the data's, how many
/// were fitted, and their ratios of information.
struct Simulated {
  std::vector<std::int64_t> as_large;
  std::int64_t fitted = 0;
  std::vector<std::vector<double>> ratios = {};
};

Simulated work_batch(Tested const& tested, DistanceStatistics const& statistics, std::vector<double> const& observed,
                     double grid, sim::StreamKey const& key, int lanes) {
  auto const& model = *tested.law.model;
  sim::Sample sample(static_cast<std::int64_t>(tested.values.size()), 1);
  model.draw(tested.law.theta, key, sample);
  if (grid > 0)
    for (std::int64_t i = 0; i < sample.n(); ++i)
      for (int lane = 0; lane < sim::lane_count; ++lane) sample(i).set(lane, on_grid(sample(i)[lane], grid, model));
  std::vector<sim::Lanes> estimate(tested.law.theta.size());
  auto const found = estimators::fit(model, sample, estimate.data()).found;
  Simulated result{std::vector<std::int64_t>(observed.size(), 0)};
  std::vector<double> values(tested.values.size());
  auto const ratios = information_ratios(model, sample, estimate, lanes);
  for (int lane = 0; lane < lanes; ++lane) {
    if ((found >> lane & 1u) == 0) continue;
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = sample(static_cast<std::int64_t>(i))[lane];
    auto const distances = statistics.of(values, at_lane(estimate, lane));
    ++result.fitted;
    for (std::size_t k = 0; k < observed.size(); ++k) result.as_large[k] += !(distances[k] < observed[k] - 1e-12);
    result.ratios.push_back(ratios[static_cast<std::size_t>(lane)]);
  }
  return result;
}

Simulated simulate(Tested const& tested, DistanceStatistics const& statistics, std::vector<double> const& observed,
                   double grid, GoodnessSettings const& settings) {
  auto const stream = stable_hash("goodness of fit");
  std::int64_t const replicates = replicates_for(std::ssize(tested.values));
  Simulated total{std::vector<std::int64_t>(observed.size(), 0)};
  sim::BlockWork work;
  work.last = (replicates + sim::lane_count - 1) / sim::lane_count;
  work.work = [&](std::int64_t block) -> sim::BlockResult {
    std::int64_t const first = block * sim::lane_count;
    auto const lanes = std::min<std::int64_t>(sim::lane_count, replicates - first);
    return std::make_shared<Simulated>(work_batch(tested, statistics, observed, grid,
                                                  {settings.seed, stream, static_cast<std::uint64_t>(first)},
                                                  static_cast<int>(lanes)));
  };
  work.fold = [&](sim::BlockResult const& result) {
    auto const& part = *static_cast<Simulated const*>(result.get());
    total.fitted += part.fitted;
    for (std::size_t k = 0; k < total.as_large.size(); ++k) total.as_large[k] += part.as_large[k];
    total.ratios.insert(total.ratios.end(), part.ratios.begin(), part.ratios.end());
  };
  work.stop = settings.stop;
  run_stage(
      work, settings.threads, settings.stages,
      [&total](Packer& packer) {
        packer.put(total.as_large);
        packer.put(total.fitted);
        packer.put(total.ratios);
      },
      [&total, count = observed.size()](Unpacker& unpacker) {
        unpacker.take(total.as_large);
        unpacker.take(total.fitted);
        unpacker.take(total.ratios);
        Unpacker::expect(total.as_large.size() == count);
      });
  return total;
}

}  // namespace

SimulatedTests simulated_tests(FittedData const& fitted, Observations const& data, GoodnessSettings const& settings) {
  auto const tested = tested_rows(fitted, data, settings.seed);
  auto const& theta = tested.law.theta;
  DistanceStatistics const statistics(*fitted.model, tested.values, theta);
  SimulatedTests result;
  result.rows = std::ssize(tested.values);
  result.grid = is_discrete(*fitted.model) ? 0 : grid_of(tested.values);
  std::vector<sim::Lanes> const at(theta.begin(), theta.end());
  auto const ratio = information_ratios(*fitted.model, sample_of(tested.values), at, 1)[0];
  auto values = tested.values;
  auto const observed = statistics.of(values, theta);
  if (observed.empty() && ratio.empty()) return result;
  auto const simulated = simulate(tested, statistics, observed, result.grid, settings);
  result.replicates = simulated.fitted;
  if (simulated.fitted == 0) return result;
  for (std::size_t k = 0; k < observed.size(); ++k)
    result.tests.push_back(
        {statistics.names()[k],
         statistics.names()[k] == "dispersion" ? dispersion(*fitted.model, tested.values, theta) : observed[k],
         static_cast<double>(simulated.as_large[k] + 1) / static_cast<double>(simulated.fitted + 1)});
  if (auto const placed = information_test(ratio, simulated.ratios))
    result.tests.push_back({"information matrix", placed->statistic, placed->p_value});
  return result;
}

}  // namespace fisherlab::runs

#include "runs/replay.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "base/expects.hpp"
#include "runs/replicates.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::runs {
namespace {

using sim::lane_count;
using sim::Lanes;

/// The batch of eight samples that a replicate stands in.
sim::Sample batch_of(claims::Scenario const& scenario, std::uint64_t seed, std::int64_t first) {
  auto const& data = scenario.setting.data;
  sim::Sample sample(scenario.n, data.model->dimension());
  data.model->draw(data.theta, {seed, scenario.stream(), static_cast<std::uint64_t>(first)}, sample);
  return sample;
}

std::vector<double> lane_of(std::vector<Lanes> const& values, int lane) {
  std::vector<double> numbers;
  numbers.reserve(values.size());
  for (auto const& value : values) numbers.push_back(value[lane]);
  return numbers;
}

ReplayedFit fit_of(estimators::Estimator const& estimator, sim::Sample const& sample, int lane) {
  estimators::Estimates estimates;
  estimator.estimate(sample, estimates);
  return {.estimator = estimator.name(),
          .components = estimator.components(),
          .found = (estimates.found >> lane & 1) != 0,
          .estimate = lane_of(estimates.value, lane),
          .std_error = lane_of(estimates.std_error, lane),
          .evaluations = static_cast<std::int64_t>(estimates.evaluations[lane])};
}

void add_kept(ReplayScenario const& asked, std::uint64_t seed, std::int64_t first, int lane, Replay& replay) {
  std::vector<claims::Probe const*> probes;
  for (auto const& reader : asked.readers) probes.push_back(&reader.probe);
  auto const observed = observe_batch(asked.scenario, probes, seed, first);
  for (std::size_t k = 0; k < observed.size(); ++k) {
    auto values = lane_of(observed[k].values, lane), positions = lane_of(observed[k].positions, lane);
    values.insert(values.end(), positions.begin(), positions.end());
    if (values.empty()) continue;
    replay.kept.push_back(
        {.claim = asked.readers[k].claim, .found = (observed[k].used >> lane & 1) != 0, .values = std::move(values)});
  }
}

void add_likelihood(claims::Law const& law, sim::Sample const& sample, int lane, Replay& replay) {
  auto const p = static_cast<std::size_t>(law.model->parameter_count());
  std::vector<Lanes> theta, score(p), outer(sim::packed_size(p)), hessian(sim::packed_size(p));
  for (double const t : law.theta) theta.emplace_back(t);
  replay.log_likelihood = law.model->log_likelihood(sample, theta.data())[lane];
  law.model->score_products(sample, theta.data(), score.data(), outer.data(), hessian.data());
  replay.score = lane_of(score, lane);
}

}  // namespace

std::vector<ReplayScenario> replay_scenarios(std::vector<claims::Question> const& questions) {
  std::vector<ReplayScenario> all;
  std::map<std::string, std::size_t> place;
  for (auto const& question : questions) {
    auto const* const sampled = question.sampled();
    if (sampled == nullptr) continue;
    for (auto const& probe : sampled->probes) {
      auto const& scenario = sampled->scenarios[probe.scenario];
      auto const [found, is_new] = place.try_emplace(scenario.identity(), all.size());
      if (is_new) all.push_back({scenario, {}});
      all[found->second].readers.push_back({question.claim, probe});
      auto& known = all[found->second].estimators;
      auto const is_same = [&probe](auto const& other) { return other->name() == probe.estimator->name(); };
      if (probe.estimator && std::ranges::none_of(known, is_same)) known.push_back(probe.estimator);
    }
  }
  return all;
}

Replay replay(ReplayScenario const& asked, std::uint64_t seed, std::int64_t replicate) {
  expects(replicate >= 0, "a replicate is a whole number from 0 on, correct it");
  auto const& scenario = asked.scenario;
  int const lane = static_cast<int>(replicate % lane_count);
  auto const sample = batch_of(scenario, seed, replicate - lane);
  Replay result;
  result.dimension = sample.dimension();
  for (std::int64_t i = 0; i < sample.n(); ++i)
    for (int d = 0; d < sample.dimension(); ++d) result.sample.push_back(sample(i, d)[lane]);
  add_likelihood(scenario.setting.model, sample, lane, result);
  for (auto const& estimator : asked.estimators) result.fits.push_back(fit_of(*estimator, sample, lane));
  add_kept(asked, seed, replicate - lane, lane, result);
  return result;
}

std::vector<FailedFits> failed_fits(ReplayScenario const& asked, std::uint64_t seed, std::int64_t replicates) {
  constexpr std::size_t most = 100;
  std::vector<FailedFits> all;
  for (auto const& estimator : asked.estimators) all.push_back({estimator->name(), 0, {}});
  for (std::int64_t first = 0; first < replicates && !all.empty(); first += lane_count) {
    auto const sample = batch_of(asked.scenario, seed, first);
    for (std::size_t k = 0; k < all.size(); ++k) {
      estimators::Estimates estimates;
      asked.estimators[k]->estimate(sample, estimates);
      for (int lane = 0; lane < std::min<std::int64_t>(lane_count, replicates - first); ++lane) {
        if ((estimates.found >> lane & 1) != 0) continue;
        ++all[k].count;
        if (all[k].first.size() < most) all[k].first.push_back(first + lane);
      }
    }
  }
  return all;
}

}  // namespace fisherlab::runs

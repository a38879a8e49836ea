#include "estimators/resampling/resampling.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "base/hash.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::estimators {
namespace {

/// The observations of one lane, each `dimension` numbers.
std::vector<double> observations_of(sim::Sample const& sample, int lane) {
  std::vector<double> x;
  x.reserve(static_cast<std::size_t>(sample.n()) * static_cast<std::size_t>(sample.dimension()));
  for (std::int64_t i = 0; i < sample.n(); ++i)
    for (int d = 0; d < sample.dimension(); ++d) x.push_back(sample(i, d)[lane]);
  return x;
}

/// Eight resamples of the observations, one a lane.
void draw_again(std::vector<double> const& x, sim::LaneStream& stream, sim::Sample& out) {
  auto const width = static_cast<std::int64_t>(out.dimension());
  auto const n = static_cast<double>(out.n());
  std::int64_t const last = out.n() - 1;
  std::array<std::int64_t, sim::lane_count> row;
  for (std::int64_t i = 0; i < out.n(); ++i) {
    sim::Lanes const place = n * stream.open_uniform();
    // (k + 1/2) 2^-52 times n may round up to n.
    for (int lane = 0; lane < sim::lane_count; ++lane)
      row[static_cast<std::size_t>(lane)] = width * std::min(static_cast<std::int64_t>(place[lane]), last);
    for (std::int64_t d = 0; d < width; ++d) {
      std::array<double, sim::lane_count> picked;
      for (std::size_t lane = 0; lane < picked.size(); ++lane) picked[lane] = x.data()[row[lane] + d];
      sim::Lanes& to = out(i, static_cast<int>(d));
      for (int lane = 0; lane < sim::lane_count; ++lane) to.set(lane, picked[static_cast<std::size_t>(lane)]);
    }
  }
}

}  // namespace

sim::StreamKey resampling_key(sim::Sample const& sample, int lane) {
  sim::StreamKey key{stable_hash("bootstrap"), 0, 0};
  for (std::int64_t i = 0; i < sample.n(); ++i)
    for (int d = 0; d < sample.dimension(); ++d) {
      key.scenario = 0x9e3779b97f4a7c15 * (key.scenario ^ std::bit_cast<std::uint64_t>(sample(i, d)[lane]));
      key.replicate ^= std::rotl(key.scenario, 31);
    }
  return key;
}

Resampled resampled(Estimator const& estimator, sim::BatchModel const& model, sim::Sample const& sample, int lane,
                    std::span<double const> theta, ResamplingPlan const& plan) {
  auto const r = estimator.components().size();
  Resampled result{std::vector<std::vector<double>>(r),
                   std::vector<std::vector<double>>(estimator.reports_std_errors() ? r : 0)};
  bool const is_of_model = plan.source == ResamplingSource::fitted_model;
  if (is_of_model && !model.in_space(theta)) return result;
  auto const key = resampling_key(sample, lane);
  auto const x = observations_of(sample, lane);
  sim::LaneStream stream(key);
  sim::Sample again(sample.n(), sample.dimension());
  Estimates estimates;
  for (int first = 0; first < plan.count; first += sim::lane_count) {
    if (is_of_model)
      model.draw(theta, {key.seed, key.scenario, key.replicate + static_cast<std::uint64_t>(first)}, again);
    else
      draw_again(x, stream, again);
    estimator.estimate(again, estimates);
    for (int k = 0; k < std::min(sim::lane_count, plan.count - first); ++k) {
      if ((estimates.found >> k & 1) == 0) continue;
      ++result.count;
      for (std::size_t a = 0; a < r; ++a) result.value[a].push_back(estimates.value[a][k]);
      for (std::size_t a = 0; a < result.std_error.size(); ++a)
        result.std_error[a].push_back(estimates.std_error[a][k]);
    }
  }
  return result;
}

std::vector<double> left_out_estimates(Estimator const& estimator, sim::Sample const& sample, int lane, std::size_t a) {
  auto const n = sample.n();
  std::vector<double> result;
  sim::Sample rest(n - 1, sample.dimension());
  Estimates estimates;
  for (std::int64_t first = 0; first < n; first += sim::lane_count) {
    for (int k = 0; k < sim::lane_count; ++k)
      for (std::int64_t i = 0; i + 1 < n; ++i)
        for (int d = 0; d < sample.dimension(); ++d)
          rest(i, d).set(k, sample(i + (i >= std::min(first + k, n - 1) ? 1 : 0), d)[lane]);
    estimator.estimate(rest, estimates);
    for (int k = 0; k < sim::lane_count && first + k < n; ++k) {
      if ((estimates.found >> k & 1) == 0) return {};
      result.push_back(estimates.value[a][k]);
    }
  }
  return result;
}

}  // namespace fisherlab::estimators

// Quartiles of eight samples: by sample_quantiles, which exchanges whole lanes up to some n, and by a selection in each
// lane. Beyond that n the two are one.
#include "sim/order_statistics.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/models/interface/catalogue.hpp"
#include "sim/sample.hpp"

namespace fisherlab::bench {
namespace {

constexpr std::array quartiles = {0.25, 0.5, 0.75};

/// Samples in turn, since a processor learns the branches of one.
std::vector<sim::Sample> cauchy_samples(std::int64_t n) {
  std::vector<sim::Sample> samples(16, sim::Sample(n, 1));
  auto const model = sim::make_model("cauchy", {});
  for (std::size_t k = 0; k < samples.size(); ++k)
    model->draw(std::vector{1.5, 2.0}, {.seed = 1, .scenario = 1, .replicate = k * sim::lane_count}, samples[k]);
  return samples;
}

void of_all_lanes(benchmark::State& state, std::int64_t n) {
  auto const samples = cauchy_samples(n);
  std::array<sim::Lanes, quartiles.size()> q;
  std::size_t k = 0;
  for (auto _ : state) {
    sim::sample_quantiles(samples[k++ % samples.size()], quartiles, q.data());
    benchmark::DoNotOptimize(q.data());
  }
  state.SetItemsProcessed(state.iterations() * sim::lane_count);
}

void of_each_lane(benchmark::State& state, std::int64_t n) {
  auto const samples = cauchy_samples(n);
  std::vector<double> x(static_cast<std::size_t>(n));
  std::size_t k = 0;
  for (auto _ : state) {
    auto const& sample = samples[k++ % samples.size()];
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      for (std::int64_t i = 0; i < n; ++i) x[static_cast<std::size_t>(i)] = sample(i)[lane];
      for (double const p : quartiles) {
        auto const place = static_cast<std::ptrdiff_t>(p * static_cast<double>(n - 1));
        std::nth_element(x.begin(), x.begin() + place, x.end());
        benchmark::DoNotOptimize(x.data());
      }
    }
  }
  state.SetItemsProcessed(state.iterations() * sim::lane_count);
}

int register_all() {
  constexpr std::array sizes = {20, 100, 1000, 2000};
  for (int const n : sizes) {
    auto const name = "/n" + std::to_string(n);
    benchmark::RegisterBenchmark(("quartiles/all_lanes" + name).c_str(),
                                 [n](benchmark::State& state) { of_all_lanes(state, n); });
    benchmark::RegisterBenchmark(("quartiles/each_lane" + name).c_str(),
                                 [n](benchmark::State& state) { of_each_lane(state, n); });
  }
  return static_cast<int>(sizes.size());
}
[[maybe_unused]] int const registered = register_all();

}  // namespace
}  // namespace fisherlab::bench

// Whole studies over lanes against their own sampling.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "bench/lane_study.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::bench {
namespace {

struct Law {
  std::string model;
  std::vector<double> theta;
};

constexpr std::int64_t n = 100;

void sampling_alone(benchmark::State& state, Law const& law) {
  LaneStudy study(law.model, law.theta, n);
  std::int64_t block = 0;
  for (auto _ : state) study.draw_block(block++);
  state.SetItemsProcessed(state.iterations() * sim::block_size);
}

void whole_study(benchmark::State& state, Law const& law) {
  LaneStudy study(law.model, law.theta, n);
  std::int64_t block = 0;
  for (auto _ : state) benchmark::DoNotOptimize(study.run_block(block++));
  state.SetItemsProcessed(state.iterations() * sim::block_size);
}

int const registered = [] {
  for (auto const& law : {Law{"gamma", {2.5, 1.3}}, Law{"normal", {1, 2}}}) {
    auto const name = law.model + "_study/";
    benchmark::RegisterBenchmark((name + "sampling").c_str(), [law](benchmark::State& s) { sampling_alone(s, law); });
    benchmark::RegisterBenchmark((name + "lanes").c_str(), [law](benchmark::State& s) { whole_study(s, law); });
  }
  return 0;
}();

}  // namespace
}  // namespace fisherlab::bench

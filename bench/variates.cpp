#include <benchmark/benchmark.h>

#include <boost/random/exponential_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <boost/random/uniform_01.hpp>
#include <cstdint>
#include <vector>

#include "sim/models/interface/catalogue.hpp"
#include "sim/sample.hpp"

namespace fisherlab::bench {
namespace {

constexpr std::int64_t n = 1000;

/// Eight samples of size n from a model of the catalogue, which draws in the library built for this processor.
void in_lanes(benchmark::State& state, char const* model_name, std::vector<double> const& theta) {
  auto const model = sim::make_model(model_name, {});
  sim::Sample sample(n, 1);
  sim::StreamKey key{.seed = 1, .scenario = 1, .replicate = 0};
  for (auto _ : state) {
    model->draw(theta, key, sample);
    key.replicate += sim::lane_count;
    benchmark::DoNotOptimize(sample.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * n * sim::lane_count);
}

template <class Law>
void with_boost(benchmark::State& state, Law law) {
  boost::random::mt19937_64 bits(1);
  std::vector<double> values(static_cast<std::size_t>(n * sim::lane_count));
  for (auto _ : state) {
    for (double& v : values) v = static_cast<double>(law(bits));
    benchmark::DoNotOptimize(values.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * n * sim::lane_count);
}

BENCHMARK_CAPTURE(in_lanes, uniform, "uniform", {1.0})->Name("uniform/lanes");
BENCHMARK_CAPTURE(with_boost, uniform, boost::random::uniform_01<double>())->Name("uniform/boost");
BENCHMARK_CAPTURE(in_lanes, normal, "normal", {0.0, 1.0})->Name("normal/lanes");
BENCHMARK_CAPTURE(with_boost, normal, boost::random::normal_distribution<double>())->Name("normal/boost");
BENCHMARK_CAPTURE(in_lanes, exponential, "exponential", {1.0})->Name("exponential/lanes");
BENCHMARK_CAPTURE(with_boost, exponential, boost::random::exponential_distribution<double>())
    ->Name("exponential/boost");
BENCHMARK_CAPTURE(in_lanes, gamma, "gamma", {2.5, 1.0})->Name("gamma/lanes");
BENCHMARK_CAPTURE(with_boost, gamma, boost::random::gamma_distribution<double>(2.5))->Name("gamma/boost");
BENCHMARK_CAPTURE(in_lanes, poisson, "poisson", {4.0})->Name("poisson/lanes");
BENCHMARK_CAPTURE(with_boost, poisson, boost::random::poisson_distribution<int, double>(4.0))->Name("poisson/boost");

}  // namespace
}  // namespace fisherlab::bench

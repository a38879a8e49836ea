#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "estimators/mle.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "sim/sample.hpp"

namespace fisherlab::bench {
namespace {

constexpr std::int64_t n = 100;

struct Point {
  char const* model;
  std::vector<double> theta;
  std::vector<double> constants;
};

/// A point of each one-coordinate model.
std::vector<Point> const points = {
    {"normal_mean", {1.5}, {2.0}}, {"normal", {1.5, 2.0}, {}},   {"exponential", {1.3}, {}},  {"gamma", {2.5, 1.3}, {}},
    {"weibull", {1.7, 2.0}, {}},   {"logistic", {1.5, 2.0}, {}}, {"cauchy", {1.5, 2.0}, {}},  {"poisson", {4.0}, {}},
    {"bernoulli", {0.3}, {}},      {"uniform", {2.0}, {}},       {"laplace", {1.5, 2.0}, {}},
};

/// Fits 16 batches in turn, so that the work is that of a typical sample.
void fit(benchmark::State& state, Point const& point) {
  auto const model = sim::make_model(point.model, point.constants);
  std::vector<sim::Sample> samples(16, sim::Sample(n, 1));
  for (std::size_t k = 0; k < samples.size(); ++k)
    model->draw(point.theta, {.seed = 1, .scenario = 1, .replicate = k * sim::lane_count}, samples[k]);
  std::vector<sim::Lanes> theta(point.theta.size());
  std::size_t k = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(estimators::fit(*model, samples[k++ % samples.size()], theta.data()));
    benchmark::DoNotOptimize(theta.data());
  }
  state.SetItemsProcessed(state.iterations() * sim::lane_count);
}

int register_all() {
  for (Point const& point : points) {
    std::string const name = std::string("model/") + point.model;
    benchmark::RegisterBenchmark((name + "/fit").c_str(), [&point](benchmark::State& state) { fit(state, point); });
  }
  return static_cast<int>(points.size());
}
[[maybe_unused]] int const registered = register_all();

}  // namespace
}  // namespace fisherlab::bench

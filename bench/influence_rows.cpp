#include <benchmark/benchmark.h>

#include <cmath>

#include "base/hash.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "estimators/influence/removals/removal.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::bench {
namespace {

using namespace estimators::influence;

/// Logistic regression on normal inputs, more rows than one stretch.
Data rows_of_noise(int n, int d) {
  sim::ScalarStream stream({.seed = 1, .scenario = stable_hash("bench influence rows"), .replicate = 0});
  Data data{.inputs = Matrix(n, d), .targets = Vector(n), .columns = {}, .classes = {"no", "yes"}};
  for (double& x : data.inputs.reshaped()) x = stream.normal();
  for (int i = 0; i < n; ++i) {
    double const eta = data.inputs.row(i).sum() / std::sqrt(d);
    data.targets[i] = stream.open_uniform() * (1 + std::exp(-eta)) < 1 ? 1 : 0;
  }
  return data;
}

struct Setting {
  Data data = rows_of_noise(20'000, 50);
  Risk risk = mean_risk(logistic_problem(data), data, 0.01);
  Vector theta = train(risk, risk.problem.start(1)).theta;
};

Setting const& setting() {
  static Setting const one;
  return one;
}

void fit(benchmark::State& state) {
  auto const& risk = setting().risk;
  for (auto _ : state) benchmark::DoNotOptimize(train(risk, risk.problem.start(1)).theta.data());
  state.SetItemsProcessed(state.iterations() * setting().data.rows());
}
BENCHMARK(fit)->Name("influence_rows/fit");

void first_order(benchmark::State& state) {
  Minimum const minimum{setting().risk, setting().theta};
  for (auto _ : state) {
    InverseHessian const inverse(minimum.risk, minimum.theta);
    benchmark::DoNotOptimize(first_order_removals(minimum, Convention::mean, inverse, nullptr, 1).data());
  }
  state.SetItemsProcessed(state.iterations() * setting().data.rows());
}
BENCHMARK(first_order)->Name("influence_rows/first_order");

}  // namespace
}  // namespace fisherlab::bench

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "estimators/influence/problems/problems.hpp"
#include "estimators/influence/removals/refit.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::bench {
namespace {

using namespace estimators::influence;

/// Data of the shape of the digits: 1,797 rows, 64 inputs in [0, 1], ten classes that lean on a class's own inputs.
Data digit_like() {
  constexpr int n = 1797, d = 64, classes = 10;
  sim::ScalarStream stream({.seed = 1, .scenario = 7, .replicate = 0});
  Data data;
  data.inputs.resize(n, d);
  data.targets.resize(n);
  for (int i = 0; i < n; ++i) {
    int const c = i % classes;
    data.targets[i] = c;
    for (int j = 0; j < d; ++j)
      data.inputs(i, j) = std::clamp((j % classes == c ? 0.7 : 0.4) + 0.3 * stream.normal(), 0.0, 1.0);
  }
  for (int c = 0; c < classes; ++c) data.classes.push_back(std::to_string(c));
  return data;
}

struct Fitted {
  Data data = digit_like();
  Minimum minimum = [this] {
    Risk const risk = mean_risk(softmax_problem(data), data, 0.01);
    return checked_minimum(risk, train(risk, risk.problem.start(1)));
  }();
};

Fitted const& fitted() {
  static Fitted const one;
  return one;
}

/// Leave-one-out refits of a multinomial logistic regression, p = 650, on one thread; an item is a refit.
void refits(benchmark::State& state, bool warm) {
  Minimum const& minimum = fitted().minimum;
  std::vector<std::vector<int>> groups = each_row(warm ? 64 : 1);
  for (auto _ : state) {
    benchmark::DoNotOptimize(refit_without(minimum, groups, Convention::mean, {.threads = 1, .warm = warm}));
    for (auto& group : groups) group[0] = (group[0] + 7) % 1797;
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(groups.size()));
}
BENCHMARK_CAPTURE(refits, chord, true)->Name("influence_refits/chord")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(refits, scratch, false)->Name("influence_refits/from_scratch")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace fisherlab::bench

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "estimators/influence/training/train.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::bench {
namespace {

using namespace estimators::influence;

/// Rows of four normal inputs, the class by thirds of a noisy sum: the shape of iris, at any number of rows.
Data rows_like_iris(int n) {
  sim::ScalarStream stream({.seed = 1, .scenario = stable_hash("bench network"), .replicate = 0});
  Data data;
  data.inputs.resize(n, 4);
  data.targets.resize(n);
  data.classes = {"a", "b", "c"};
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < 4; ++j) data.inputs(i, j) = stream.normal();
    double const score = data.inputs.row(i).sum() + 0.5 * stream.normal();
    data.targets[i] = score < -0.9 ? 0 : score < 0.9 ? 1 : 2;
  }
  return data;
}

/// A network in the middle of its training, and what the derivatives are asked at.
struct Setting {
  Setting(int rows, int depth)
      : data(rows_like_iris(rows)),
        risk(mean_risk(network_problem(data, {.depth = depth, .width = 5}), data, 5e-3)),
        theta(train(risk, risk.problem.start(1), {.max_newton = 0, .first_lbfgs = 50}).theta),
        direction(risk.problem.start(2)) {}
  Setting(Setting const&) = delete;

  Data data;
  Risk risk;
  Vector theta;
  Vector direction;
};

using Work = std::function<void(Setting const&)>;

/// Items are rows, so that the times of one row can be set against each other.
void run(benchmark::State& state, int rows, int depth, Work const& work) {
  Setting const setting(rows, depth);
  for (auto _ : state) work(setting);
  state.SetItemsProcessed(state.iterations() * rows);
}

int register_all() {
  std::vector<std::pair<std::string, Work>> const works = {
      {"gradient", [](Setting const& s) { benchmark::DoNotOptimize(s.risk.gradient(s.theta)); }},
      {"two_gradients",
       [](Setting const& s) {
         benchmark::DoNotOptimize(s.risk.gradient(s.theta));
         benchmark::DoNotOptimize(s.risk.gradient(s.direction));
       }},
      {"product", [](Setting const& s) { benchmark::DoNotOptimize(s.risk.hessian_product(s.theta, s.direction)); }},
      {"hessian", [](Setting const& s) { benchmark::DoNotOptimize(s.risk.hessian(s.theta)); }},
      {"training",
       [](Setting const& s) {
         benchmark::DoNotOptimize(train(s.risk, s.risk.problem.start(1), {.first_lbfgs = 1000}));
       }},
  };
  int registered = 0;
  for (int const depth : {1, 2, 4, 6})
    for (auto const& [name, work] : works)
      for (int const rows : {120, 1200}) {
        if (rows == 1200 && name == "training") continue;
        std::string const full =
            "influence_network/depth" + std::to_string(depth) + "/rows" + std::to_string(rows) + "/" + name;
        benchmark::RegisterBenchmark(full.c_str(),
                                     [=, copy = work](benchmark::State& state) { run(state, rows, depth, copy); });
        ++registered;
      }
  return registered;
}
[[maybe_unused]] int const registered = register_all();

}  // namespace
}  // namespace fisherlab::bench

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>
#include <string>

#include "base/hash.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "estimators/influence/problems/risk.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::bench {
namespace {

using namespace estimators::influence;

constexpr int classes = 10;

/// n rows of d standard normal inputs, with classes that follow the first one.
Data random_data(int n, int d, int class_count) {
  sim::Stream<double> stream({.seed = 1, .scenario = stable_hash("influence products"), .replicate = 0});
  Data data;
  data.inputs.resize(n, d);
  for (double& x : data.inputs.reshaped()) x = stream.normal();
  data.targets = ((data.inputs.col(0).array().tanh() + 1) / 2 * class_count).floor();
  for (int c = 0; c < class_count; ++c) data.classes.push_back(std::to_string(c));
  return data;
}

/// A risk at a point where no probability is extreme, and a direction.
struct Setting {
  Data data;
  Risk risk;
  Vector theta, direction;

  Setting(std::string const& model, int n, int d)
      : data(random_data(n, d, model == "logistic" ? 2 : classes)),
        risk(mean_risk(make_problem(model, data, {.depth = 2, .width = 20}), data, 0.01)),
        theta(risk.problem.start(1)),
        direction(theta.size()) {
    for (Eigen::Index j = 0; j < theta.size(); ++j) {
      direction[j] = std::cos(static_cast<double>(j));
      if (model != "mlp") theta[j] = std::sin(static_cast<double>(j)) / std::sqrt(d);
    }
  }
  std::int64_t numbers() const { return data.inputs.rows() * theta.size(); }  // n p
};

enum class Axis { none, rows, inputs };

/// H t; an item is one of the n p numbers it is said to be linear in. On an axis that number is the size.
void product(benchmark::State& state, char const* model, Axis axis) {
  Setting const s(model, static_cast<int>(state.range(0)), static_cast<int>(state.range(1)));
  for (auto _ : state) benchmark::DoNotOptimize(s.risk.hessian_product(s.theta, s.direction));
  state.SetItemsProcessed(state.iterations() * s.numbers());
  if (axis != Axis::none) state.SetComplexityN(axis == Axis::rows ? s.data.rows() : s.theta.size());
}

void two_gradients(benchmark::State& state, char const* model) {
  Setting const s(model, static_cast<int>(state.range(0)), static_cast<int>(state.range(1)));
  for (auto _ : state) {
    benchmark::DoNotOptimize(s.risk.gradient(s.theta));
    benchmark::DoNotOptimize(s.risk.gradient(s.direction));
  }
  state.SetItemsProcessed(state.iterations() * s.numbers());
}

// The shape of the digits, 1,797 x 64.
BENCHMARK_CAPTURE(product, logistic, "logistic", Axis::none)->Name("hessian_product/logistic")->Args({1797, 64});
BENCHMARK_CAPTURE(two_gradients, logistic, "logistic")->Name("two_gradients/logistic")->Args({1797, 64});
BENCHMARK_CAPTURE(product, softmax, "softmax", Axis::none)->Name("hessian_product/softmax")->Args({1797, 64});
BENCHMARK_CAPTURE(two_gradients, softmax, "softmax")->Name("two_gradients/softmax")->Args({1797, 64});
BENCHMARK_CAPTURE(product, mlp, "mlp", Axis::none)->Name("hessian_product/mlp")->Args({1797, 64});
BENCHMARK_CAPTURE(two_gradients, mlp, "mlp")->Name("two_gradients/mlp")->Args({1797, 64});

// The inputs take at most 1 MB, so that the exponents tell of arithmetic. A product reads them three times, and on a
// processor with 2 MB of second-level cache one of n p numbers took 0.5 ns up to 2 MB, 1.1 ns from 8 to 31 MB and
// 3.3 ns at 62 MB (three bare matrix-vector products: 0.36, 1.0, 3.1). Sizes across these steps give logistic exponents
// in n that are not 1: 1.37 for n = 4,000 to 32,000 and 1.56 for 16,000 to 128,000, at 64 inputs.
void rows(benchmark::internal::Benchmark* b) {
  for (int n : {250, 500, 1000, 2000}) b->Args({n, 64});
}
void inputs(benchmark::internal::Benchmark* b) {
  for (int d : {64, 128, 256, 512}) b->Args({250, d});
}
BENCHMARK_CAPTURE(product, logistic, "logistic", Axis::rows)->Name("hessian_product/logistic/rows")->Apply(rows);
BENCHMARK_CAPTURE(product, logistic, "logistic", Axis::inputs)->Name("hessian_product/logistic/p")->Apply(inputs);
BENCHMARK_CAPTURE(product, softmax, "softmax", Axis::rows)->Name("hessian_product/softmax/rows")->Apply(rows);
BENCHMARK_CAPTURE(product, softmax, "softmax", Axis::inputs)->Name("hessian_product/softmax/p")->Apply(inputs);
BENCHMARK_CAPTURE(product, mlp, "mlp", Axis::rows)->Name("hessian_product/mlp/rows")->Apply(rows);
BENCHMARK_CAPTURE(product, mlp, "mlp", Axis::inputs)->Name("hessian_product/mlp/p")->Apply(inputs);

}  // namespace
}  // namespace fisherlab::bench

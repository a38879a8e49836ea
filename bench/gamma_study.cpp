// A gamma study as one would write it with Boost: one number after the other.
#include <benchmark/benchmark.h>

#include <array>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/mersenne_twister.hpp>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/engine/engine.hpp"

namespace fisherlab::bench {
namespace {

constexpr double shape = 2.5;
constexpr double rate = 1.3;
constexpr std::int64_t n = 100;

/// The maximum likelihood estimate of (shape, rate) by Newton's method in 1/shape from Minka's start, as the model does
/// it over lanes.
std::array<double, 2> fit(std::vector<double> const& x) {
  double sum = 0;
  double sum_of_logs = 0;
  for (double const v : x) {
    sum += v;
    sum_of_logs += std::log(v);
  }
  double const mean = sum / n;
  double const s = std::log(mean) - sum_of_logs / n;
  double k = (3 - s + std::sqrt((s - 3) * (s - 3) + 24 * s)) / (12 * s);
  for (int step = 0; step < 12; ++step) {
    double const f = std::log(k) - boost::math::digamma(k) - s;
    double const next = 1 / (1 / k + f / (k * k * (1 / k - boost::math::trigamma(k))));
    double const change = std::fabs(next - k);
    k = next;
    if (change <= 1e-8 * k) break;
  }
  return {k, k / mean};
}

/// Standard errors of (shape, rate) from the expected information; its determinant for one observation is
/// (k psi'(k) - 1)/rate^2.
std::array<double, 2> std_errors(std::array<double, 2> const& t) {
  double const trigamma = boost::math::trigamma(t[0]);
  double const determinant = n * (t[0] * trigamma - 1);
  return {std::sqrt(t[0] / determinant), t[1] * std::sqrt(trigamma / determinant)};
}

struct PlainTally {
  std::array<double, 2> sum{};
  std::array<double, 3> products{};
  std::array<std::int64_t, 2> covered{};
};

PlainTally run_block_with_boost(std::uint64_t block) {
  boost::random::mt19937_64 bits(block + 1);
  boost::random::gamma_distribution<double> law(shape, 1 / rate);
  std::vector<double> x(n);
  PlainTally tally;
  for (std::int64_t r = 0; r < sim::block_size; ++r) {
    for (double& v : x) v = law(bits);
    auto const estimate = fit(x);
    auto const se = std_errors(estimate);
    std::array<double, 2> const error = {estimate[0] - shape, estimate[1] - rate};
    for (std::size_t a = 0; a < 2; ++a) {
      tally.sum[a] += error[a];
      tally.covered[a] += std::fabs(error[a]) <= 1.959963984540054 * se[a];
    }
    tally.products[0] += error[0] * error[0];
    tally.products[1] += error[0] * error[1];
    tally.products[2] += error[1] * error[1];
  }
  return tally;
}

void study_with_boost(benchmark::State& state) {
  std::uint64_t block = 0;
  for (auto _ : state) benchmark::DoNotOptimize(run_block_with_boost(block++));
  state.SetItemsProcessed(state.iterations() * sim::block_size);
}
BENCHMARK(study_with_boost)->Name("gamma_study/boost");

}  // namespace
}  // namespace fisherlab::bench

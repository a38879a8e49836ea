#pragma once

#include <cmath>
#include <string>

#include "base/hash.hpp"
#include "estimators/influence/problems/data.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::test {

/// n rows of d standard normal inputs times `scale`, from a stream of their own, all targets 0.
inline estimators::influence::Data normal_inputs(int n, int d, std::uint64_t seed = 1, double scale = 1) {
  sim::Stream<double> stream({.seed = seed, .scenario = stable_hash("influence inputs"), .replicate = 0});
  estimators::influence::Data data;
  data.inputs.resize(n, d);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < d; ++j) data.inputs(i, j) = scale * stream.normal();
  data.targets = estimators::influence::Vector::Zero(n);
  for (int j = 0; j < d; ++j) data.columns.push_back("x" + std::to_string(j + 1));
  return data;
}

/// The same with targets 0 ... C - 1 that lean on the first input.
inline estimators::influence::Data classified(int n, int d, int classes, std::uint64_t seed = 1, double scale = 1) {
  auto data = normal_inputs(n, d, seed, scale);
  sim::Stream<double> stream({.seed = seed, .scenario = stable_hash("influence targets"), .replicate = 0});
  for (int i = 0; i < n; ++i) {
    double const leaning = 0.5 + 0.2 * std::tanh(data.inputs(i, 0)) + 0.6 * (stream.open_uniform() - 0.5);
    data.targets[i] = std::floor(leaning * classes);
  }
  for (int c = 0; c < classes; ++c) data.classes.push_back("class" + std::to_string(c));
  return data;
}

/// The same with counts of mean about 3, exp(1 + x1/4), rounded from exponentials: the laws ask for no more.
inline estimators::influence::Data counted(int n, int d, std::uint64_t seed = 1) {
  auto data = normal_inputs(n, d, seed);
  sim::Stream<double> stream({.seed = seed, .scenario = stable_hash("influence targets"), .replicate = 0});
  for (int i = 0; i < n; ++i) data.targets[i] = std::floor(std::exp(1 + data.inputs(i, 0) / 4) * stream.exponential());
  return data;
}

/// The same with x1 - x2/2 and standard normal errors as targets.
inline estimators::influence::Data measured(int n, int d, std::uint64_t seed = 1) {
  auto data = normal_inputs(n, d, seed);
  sim::Stream<double> stream({.seed = seed, .scenario = stable_hash("influence targets"), .replicate = 0});
  for (int i = 0; i < n; ++i)
    data.targets[i] = data.inputs(i, 0) - (d > 1 ? 0.5 * data.inputs(i, 1) : 0) + stream.normal();
  return data;
}

/// Weights that are not uniform: (1 + i mod 3)/n, every fifth row 0.
inline estimators::influence::Vector uneven_weights(int n) {
  estimators::influence::Vector w(n);
  for (int i = 0; i < n; ++i) w[i] = i % 5 == 4 ? 0.0 : (1.0 + i % 3) / n;
  return w;
}

}  // namespace fisherlab::test

#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "tests/support/model_laws.hpp"

namespace fisherlab::test {

/// Mean and its standard error of what `of(sample)` gives in each lane, over `batches` drawn batches.
struct Average {
  double mean, error;
};
template <class F>
Average average(sim::AnyModel const& model, std::vector<double> const& theta, std::int64_t n, int batches,
                F const& of) {
  sim::Sample sample(n, model->dimension());
  double sum = 0, squares = 0;
  for (int batch = 0; batch < batches; ++batch) {
    auto key = sampler_key;
    key.replicate += static_cast<std::uint64_t>(8 * batch);
    model->draw(theta, key, sample);
    sim::Lanes const value = of(sample);
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      sum += value[lane];
      squares += value[lane] * value[lane];
    }
  }
  double const count = 8.0 * batches, mean = sum / count;
  return {mean, std::sqrt((squares / count - mean * mean) / count)};
}

template <class M, std::size_t p>
Average average_estimate(M const& model, sim::Theta<double, p> const& theta, std::int64_t n, std::size_t component) {
  return average(catalogued(model), {theta.begin(), theta.end()}, n, 8000, [&](sim::Sample const& sample) {
    sim::Theta<sim::Lanes, p> t;
    EXPECT_EQ(model.fit(sample, t), sim::all_lanes);
    return t[component];
  });
}

}  // namespace fisherlab::test

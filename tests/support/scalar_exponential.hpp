#pragma once

#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include "sim/models/scalar/lane_by_lane.hpp"

namespace fisherlab::test {

/// An exponential law as a user would write it, with the standard library.
struct ScalarExponential {
  static constexpr std::size_t parameter_count = 1;
  static constexpr std::size_t dimension = 1;
  double score_offset = 0;

  static sim::ModelCard card() {
    return {.name = "my_exponential",
            .title = "A user's exponential law",
            .parameters = {"rate"},
            .domains = {sim::Domain::positive},
            .constants = {},
            .formula = "log rate - rate x",
            .support = "x >= 0",
            .information = "1/rate^2",
            .estimate = "iterative",
            .hypotheses = "meets all",
            .moments = {1, 0},
            .source = "this test"};
  }
  bool in_space(sim::Theta<double, 1> const& t) const { return t[0] > 0; }
  bool in_support(double const* x) const { return *x >= 0; }
  double log_density(double x, sim::Theta<double, 1> const& t) const { return std::log(t[0]) - t[0] * x; }
  sim::Theta<double, 1> score(double x, sim::Theta<double, 1> const& t) const { return {1 / t[0] - x + score_offset}; }
  sim::Symmetric<double, 1> hessian(double, sim::Theta<double, 1> const& t) const { return {-1 / (t[0] * t[0])}; }
  sim::Symmetric<double, 1> information(sim::Theta<double, 1> const& t) const { return {1 / (t[0] * t[0])}; }
  double draw(sim::Theta<double, 1> const& t, sim::ScalarStream& stream) const {
    return -std::log(stream.open_uniform()) / t[0];
  }
  sim::Theta<double, 1> start(std::vector<double> const& x) const {
    return {static_cast<double>(x.size()) / std::accumulate(x.begin(), x.end(), 0.0) * 1.2};
  }
};

}  // namespace fisherlab::test

#include "claims/instruments/exact/limit_laws.hpp"

#include <cmath>

#include "base/special/distributions.hpp"
#include "sim/tallies/histogram.hpp"

namespace fisherlab::claims {

std::vector<double> normal_edges() {
  std::vector<double> edges;
  for (int k = 0; k < sim::Histogram::cell_count; ++k) {
    double const z = sim::Histogram::upper_edge(k);
    edges.push_back(std::isinf(z) ? 1.0 : normal_cdf(z));
  }
  return edges;
}

std::vector<double> norm_edges(std::size_t r) {
  Degrees const degrees{static_cast<double>(r)};
  std::vector<double> edges;
  for (int k = 0; k < sim::Histogram::cell_count; ++k) {
    double const norm = sim::Histogram::upper_edge(k) + std::sqrt(static_cast<double>(r));
    edges.push_back(std::isinf(norm) ? 1.0 : norm <= 0 ? 0.0 : chi_squared_cdf(norm * norm, degrees));
  }
  return edges;
}

}  // namespace fisherlab::claims

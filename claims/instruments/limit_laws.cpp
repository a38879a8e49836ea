#include "claims/instruments/limit_laws.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "sim/tallies/histogram.hpp"

namespace fisherlab::claims {

std::vector<double> normal_edges() {
  boost::math::normal const law;
  std::vector<double> edges;
  for (int k = 0; k < sim::Histogram::cell_count; ++k) {
    double const z = sim::Histogram::upper_edge(k);
    edges.push_back(std::isinf(z) ? 1.0 : boost::math::cdf(law, z));
  }
  return edges;
}

std::vector<double> norm_edges(std::size_t r) {
  boost::math::chi_squared const law(static_cast<double>(r));
  std::vector<double> edges;
  for (int k = 0; k < sim::Histogram::cell_count; ++k) {
    double const norm = sim::Histogram::upper_edge(k) + std::sqrt(static_cast<double>(r));
    edges.push_back(std::isinf(norm) ? 1.0 : norm <= 0 ? 0.0 : boost::math::cdf(law, norm * norm));
  }
  return edges;
}

}  // namespace fisherlab::claims

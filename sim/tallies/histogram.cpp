#include "sim/tallies/histogram.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace fisherlab::sim {

int Histogram::cell_of(double z) {
  if (!std::isfinite(z)) return z < 0 ? 0 : cell_count - 1;
  double const u = 0.5 * (1.0 + z / (1.0 + std::fabs(z)));
  return std::min(static_cast<int>(u * cell_count), cell_count - 1);
}

double Histogram::upper_edge(int cell) {
  if (cell + 1 >= cell_count) return std::numeric_limits<double>::infinity();
  double const v = 2.0 * (cell + 1) / cell_count - 1.0;
  return v / (1.0 - std::fabs(v));
}

void Histogram::merge(Histogram const& other) {
  for (std::size_t k = 0; k < cells.size(); ++k) cells[k] += other.cells[k];
}

}  // namespace fisherlab::sim

#include "claims/evidence/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "base/expects.hpp"
#include "base/special/quantiles.hpp"

namespace fisherlab::claims {
namespace {

void expects_cells(std::vector<std::int64_t> const& cells, std::vector<double> const& target) {
  expects(!cells.empty() && cells.size() == target.size(),
          "cells and target differ in length (one value of the target per cell), pass matching vectors");
  expects(std::ranges::all_of(cells, [](std::int64_t count) { return count >= 0; }),
          "a cell count is negative (counts are not), check the tally");
  bool const within = std::ranges::all_of(target, [](double value) { return value >= 0 && value <= 1 + 1e-12; });
  expects(within && std::ranges::is_sorted(target) && target.back() >= 1 - 1e-12,
          "the target is not a distribution function ending at 1 (outer cells count), add the last edge");
}

/// Distances between the empirical F and the target G.
struct Distances {
  double at_edges = 0;
  double anywhere = 0;        ///< the largest that could hide between edges, without the band
  double cdf_at_largest = 0;  ///< F where `at_edges` is attained
  std::int64_t count = 0;
};

Distances distances_of(std::vector<std::int64_t> const& cells, std::vector<double> const& target) {
  expects_cells(cells, target);
  Distances result;
  for (std::int64_t const cell : cells) result.count += cell;
  expects(result.count > 0, "all cells are empty (nothing was observed), draw replicates");

  std::int64_t so_far = 0;
  double empirical_before = 0;
  double target_before = 0;
  for (std::size_t k = 0; k < cells.size(); ++k) {
    so_far += cells[k];
    double const empirical = static_cast<double>(so_far) / static_cast<double>(result.count);
    double const at_edge = std::abs(empirical - target[k]);
    if (at_edge > result.at_edges) {
      result.at_edges = at_edge;
      result.cdf_at_largest = empirical;
    }
    result.anywhere = std::max({result.anywhere, empirical - target_before, target[k] - empirical_before});
    empirical_before = empirical;
    target_before = target[k];
  }
  return result;
}

Interval interval_of(Distances const& distances, double largest, double alpha) {
  double const band = distribution_band(distances.count, alpha);
  double const cdf = distances.cdf_at_largest;
  return {distances.at_edges, std::sqrt(cdf * (1 - cdf) / static_cast<double>(distances.count)),
          std::max(0.0, distances.at_edges - band), std::min(1.0, largest + band)};
}

}  // namespace

double distribution_band(std::int64_t count, double alpha) {
  expects_alpha(alpha);
  expects(count > 0, "no observations (the band needs one), draw replicates");
  return std::sqrt(std::log(2 / alpha) / (2 * static_cast<double>(count)));
}

Interval kolmogorov_distance(std::vector<std::int64_t> const& cells,
                             std::vector<double> const& target_cdf_at_upper_edges, double alpha) {
  Distances const distances = distances_of(cells, target_cdf_at_upper_edges);
  return interval_of(distances, distances.anywhere, alpha);
}

Interval kolmogorov_distance_on_atoms(std::vector<std::int64_t> const& cells,
                                      std::vector<double> const& target_cdf_at_atoms, double alpha) {
  Distances const distances = distances_of(cells, target_cdf_at_atoms);
  return interval_of(distances, distances.at_edges, alpha);
}

}  // namespace fisherlab::claims

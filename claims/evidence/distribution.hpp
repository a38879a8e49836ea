#pragma once

#include <cstdint>
#include <vector>

#include "base/statistics/interval.hpp"

namespace fisherlab::claims {

/// Half width of a band around the empirical distribution function that holds the true one everywhere:
///   P(sup |F_R - F| > e) <= 2 exp(-2 R e^2) = alpha,   e = sqrt(log(2/alpha)/(2 R)).
/// Holds at every R for every law, continuous or not.
/// Source: Dvoretzky, Kiefer and Wolfowitz (1956); Massart (1990), The tight constant in the DKW inequality.
double distribution_band(std::int64_t count, double alpha);

/// Interval for the Kolmogorov distance sup |F - G| between the law F of binned data and a target G.
/// `cells`: counts per cell in increasing order, outer cells included; `target_cdf_at_upper_edges`: G at the upper edge
/// of each cell, not decreasing, 1 at the last. With F_k, G_k the values at edge k and e the band:
///   lower = max_k |F_k - G_k| - e, since the supremum is at least the largest difference at an edge;
///   upper = max_k max(F_k + e - G_(k-1), G_k - (F_(k-1) - e)), since between two edges F and G are monotone, so that
///           F - G <= F_k - G_(k-1). It is at most max_k |F_k - G_k| + e + (largest mass G gives a cell).
/// So K cells of equal mass under G cost at most 1/K of the upper end: verifying a small distance needs a fine grid.
/// The estimate is the largest difference at an edge; its standard error is the binomial one at that edge, and says
/// nothing of the maximum's bias upwards. Never under-covers.
/// @throws InputError when sizes differ, counts are negative or all zero, or G is not a distribution function.
Interval kolmogorov_distance(std::vector<std::int64_t> const& cells,
                             std::vector<double> const& target_cdf_at_upper_edges, double alpha);

/// The same where both laws live on the upper edges (one cell an atom: a lattice), so that nothing happens in between:
///   upper = max_k |F_k - G_k| + e.
/// The cells must separate all atoms of both laws, else it under-covers.
/// @throws InputError as `kolmogorov_distance`.
Interval kolmogorov_distance_on_atoms(std::vector<std::int64_t> const& cells,
                                      std::vector<double> const& target_cdf_at_atoms, double alpha);

}  // namespace fisherlab::claims

#pragma once

#include <cstddef>
#include <vector>

namespace fisherlab::claims {

/// N(0, 1) at the upper edges of the histogram's cells.
std::vector<double> normal_edges();

/// The law of sqrt(chi^2_r) - sqrt(r) at the upper edges: how far a standard normal vector of r components lies from
/// the sphere of radius sqrt(r).
std::vector<double> norm_edges(std::size_t r);

}  // namespace fisherlab::claims

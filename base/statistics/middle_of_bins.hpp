#pragma once

#include <cstddef>
#include <vector>

namespace fisherlab {

/// The places of values that stand for all: sorted by size, the middle one of each of `bins` bins of equal number; all
/// places where there are no more than that. Values that are NaN belong to none. The places come in increasing order.
std::vector<std::size_t> middle_of_bins(std::vector<double> const& values, std::size_t bins);

}  // namespace fisherlab

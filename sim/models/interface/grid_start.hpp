#pragma once

#include <functional>
#include <span>
#include <vector>

#include "base/api.hpp"
#include "sim/models/interface/card.hpp"
#include "sim/sample.hpp"

/// Starts of fits for models that have none of their own.
namespace fisherlab::sim {

/// sum log p(x_i; theta) of a sample, one value a lane.
using LaneLikelihood = std::function<Lanes(Sample const& sample, Lanes const* theta)>;

/// Two where two parameters or more lie on the line, else one. A likelihood may have a saddle in which a search
/// settles, as the skew-normal's at shape 0, and its two sides differ by a parameter on the line.
FISHERLAB_API int grid_start_count(std::span<Domain const> domains);

/// Start number `which` of a fit. Each parameter has candidates: on the line the median of the first coordinate,
/// averaged over all lanes, 0, 3, -3 and the outer fifths; if positive its spread, 0.25, 1 and 4; in (0, 1) 0.5, 0.2
/// and 0.8; for an angle four of them. The first start is the best of the first candidates and `example` (may be
/// empty), then bettered one parameter after the other; where that has no likelihood, the best of all combinations, of
/// which there are at most 512. The second has another candidate for the last parameter on the line, and the other
/// parameters bettered from there. Likelihoods are those of 8 observations, taken from all along the sample: more would
/// cost as much as the search that starts there. Not-a-number in lanes where no point has a likelihood, and for a start
/// that there is not.
FISHERLAB_API void grid_start(std::span<Domain const> domains, Sample const& sample, int which,
                              std::vector<double> const& example, LaneLikelihood const& log_likelihood, Lanes* theta);

/// The best of the first candidates and `points` (p Lanes each), by `log_likelihood` at the sample itself.
FISHERLAB_API void quick_grid_start(std::span<Domain const> domains, Sample const& sample,
                                    std::vector<std::vector<Lanes>> const& points, LaneLikelihood const& log_likelihood,
                                    Lanes* theta);

}  // namespace fisherlab::sim

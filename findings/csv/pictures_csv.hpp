#pragma once

#include <span>
#include <string>

#include "findings/pictures.hpp"

namespace fisherlab {

/// The bytes of `curves.csv`, one row for each point of a curve over n.
std::string curves_csv(std::span<CurveRow const> rows);

/// The bytes of `distributions.csv`, one row for each cell of a law; a reference that is not known is an empty cell.
std::string distributions_csv(std::span<DistributionRow const> rows);

/// The bytes of `intervals.csv`, one row for each interval of a replicate.
std::string intervals_csv(std::span<ReplicateInterval const> rows);

}  // namespace fisherlab

#pragma once

#include <span>
#include <string>

#include "claims/pictures.hpp"

namespace fisherlab::reports {

/// The bytes of `curves.csv`, one row for each point of a curve over n.
std::string curves_csv(std::span<claims::CurveRow const> rows);

/// The bytes of `distributions.csv`, one row for each cell of a law; a reference that is not known is an empty cell.
std::string distributions_csv(std::span<claims::DistributionRow const> rows);

/// The bytes of `intervals.csv`, one row for each interval of a replicate.
std::string intervals_csv(std::span<claims::ReplicateInterval const> rows);

}  // namespace fisherlab::reports

#pragma once

#include "runs/influence/influence_data.hpp"

namespace fisherlab::runs {

/// @throws InputError naming the first column that is a combination of those before it, where there are 200 at most:
///   without a penalty the Hessian of a linear predictor then has no inverse.
void check_independent_columns(InfluenceData const& data);

}  // namespace fisherlab::runs

#pragma once

#include <vector>

#include "runs/diagnosis/fitted_data.hpp"

namespace fisherlab::runs {

/// Standard errors sqrt of the diagonal of H^-1 J H^-1, H minus the Hessian and J the sum of score score' at the
/// estimate; infinite or NaN where H has no inverse. Source: Huber (1967); White (1982), Econometrica 50, 1-25.
std::vector<double> sandwich_std_errors(FittedData const& fitted, std::vector<double> const& values);

}  // namespace fisherlab::runs

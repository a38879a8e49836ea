#pragma once

#include <string>
#include <vector>

#include "findings/estimated.hpp"

namespace fisherlab::runs {

/// What simulation says of an estimate theta_hat: its bias (E theta_hat - theta)/sd(theta_hat) where that is above .1
/// either way, and sd(theta_hat) over the root mean square of its standard errors where that is off 1 by .05 and two
/// Monte Carlo errors.
void add_on_estimate(std::string const& name, Estimated const& bias_in_std_errors, Estimated const& std_error_ratio,
                     std::vector<std::string>& sentences);

}  // namespace fisherlab::runs

#pragma once

#include <span>
#include <string>

#include "findings/kept_estimates.hpp"

namespace fisherlab {

/// The bytes of `estimates.csv`, one row a replicate and component:
/// `model,parameters,n,estimator,replicate,component,estimate,std_error`; replicates count from 0, and both numbers are
/// empty where the fit failed or none is reported.
std::string estimates_csv(std::span<KeptEstimates const> estimates);

}  // namespace fisherlab

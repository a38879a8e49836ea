#pragma once

#include <span>
#include <string>

#include "claims/run.hpp"

namespace fisherlab::reports {

/// The bytes of `estimates.csv`, one row a replicate and component:
/// `model,parameters,n,estimator,replicate,component,estimate,std_error`; replicates count from 0, and both numbers are
/// empty where the fit failed or none is reported.
std::string estimates_csv(std::span<claims::KeptEstimates const> estimates);

}  // namespace fisherlab::reports

#pragma once

#include "base/api.hpp"
#include "sim/lanes.hpp"
#include "sim/models/interface/any_model.hpp"

namespace fisherlab::estimators {

/// Standard errors sqrt([(n I(theta))^-1]_aa) from the expected information, lane by lane: p Lanes in, p Lanes out.
/// An infinite information (a probability estimated as 0) gives 0; a singular one gives NaN.
FISHERLAB_API void expected_std_errors(sim::BatchModel const& model, std::int64_t n, sim::Lanes const* theta,
                                       sim::Lanes* std_error);

/// The same from minus the Hessian of the log likelihood at theta, the observed information.
FISHERLAB_API void observed_std_errors(sim::BatchModel const& model, sim::Sample const& sample, sim::Lanes const* theta,
                                       sim::Lanes* std_error);

}  // namespace fisherlab::estimators

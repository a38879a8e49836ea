#pragma once

#include "base/api.hpp"
#include "sim/lanes.hpp"
#include "sim/models/interface/any_model.hpp"
#include "sim/sample.hpp"

namespace fisherlab::estimators {

/// A set of parameters, bit a for parameter a.
using ParameterSet = unsigned;

/// Maximises the log likelihood of eight samples over the parameters outside `fixed`, by safeguarded Newton steps.
///
/// Works in log or logit coordinates where a parameter is positive or a probability. The step is A^-1 g with A minus
/// the Hessian where that is positive definite, else the expected information (Fisher scoring); it is halved until
/// the log likelihood does not fall. A lane is frozen once g' A^-1 g, the squared distance to the maximum in standard
/// errors, is below 1e-12, after that last step. Where the log likelihood is a small difference of large terms, so that
/// its rounding looks like a fall, the search goes on by the score alone, until g' A^-1 g is below 1e-12 or no longer
/// falls and is below 1e-6. Both are free of the data's units. Lanes do not see each other. A search for all parameters
/// that settles where the likelihood levels off has found nothing; from a saddle it goes on (saddles.hpp).
///
/// `theta` (p Lanes): start in, maximum out. `log_likelihood`: its value at the maximum. To `evaluations`, where given,
/// is added how often each lane evaluated log likelihood and derivatives before it was frozen.
/// Gives the lanes in which a maximum was found; elsewhere theta is where the search ended.
FISHERLAB_API sim::LaneSet maximise(sim::BatchModel const& model, sim::Sample const& sample, sim::Lanes* theta,
                                    sim::Lanes& log_likelihood, ParameterSet fixed = 0,
                                    sim::Lanes* evaluations = nullptr);

}  // namespace fisherlab::estimators

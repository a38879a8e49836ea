#pragma once

#include <vector>

#include "runs/diagnosis/functions/function_of.hpp"
#include "sim/sample.hpp"

namespace fisherlab::runs {

/// The likelihood-ratio statistic of "g(theta) equals this value", lane by lane.
struct ConstrainedRatio {
  sim::Lanes ratio;               ///< 2 (l(theta hat) - l(theta tilde)); NaN where theta tilde was not found
  std::vector<sim::Lanes> theta;  ///< theta tilde (p), or where the search for it ended
};

/// theta tilde maximises the log likelihood under g(theta) = value: Newton steps on the Lagrangian in the working
/// coordinates (log, logit) of the parameters, with the expected information for the Hessian, halved until
/// -l + nu |g - value| falls, with g on the scale on which it has no ends. Found where the constraint is met and the
/// rest of the step is below 1e-5 standard errors.
/// `log_likelihood`: at theta hat; `start`: where the search begins (p Lanes), as theta hat.
/// Source: Cox and Hinkley (1974), Theoretical Statistics, section 9.3.
ConstrainedRatio constrained_ratio(sim::AnyModel const& model, FunctionOf const& f, sim::Sample const& sample,
                                   sim::Lanes const& log_likelihood, std::vector<sim::Lanes> const& start,
                                   sim::Lanes const& value);

}  // namespace fisherlab::runs

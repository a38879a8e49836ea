#pragma once

#include <vector>

#include "base/api.hpp"
#include "sim/lanes.hpp"
#include "sim/models/interface/any_model.hpp"
#include "sim/sample.hpp"

namespace fisherlab::estimators {

/// The likelihood ratio statistic of "component a of theta equals this value", lane by lane.
struct ProfileRatio {
  sim::Lanes likelihood_ratio;              ///< 2 (l(theta_hat) - l(theta_tilde)), Wilks
  sim::LaneSet found = 0;                   ///< lanes in which the maximum under the hypothesis was found
  sim::LaneSet excluded = 0;                ///< lanes whose sample the law cannot give with this value
  std::vector<sim::Lanes> restricted = {};  ///< theta_tilde (p), or where the search for it ended
};

/// The two test statistics of "component a of theta equals this value", lane by lane; both tend to chi^2_1.
struct ProfileStatistics {
  sim::Lanes likelihood_ratio;              ///< 2 (l(theta_hat) - l(theta_tilde)), Wilks
  sim::Lanes score;                         ///< s_a(theta_tilde)^2 [(n I(theta_tilde))^-1]_aa, Rao
  sim::LaneSet found = 0;                   ///< lanes in which the maximum under the hypothesis was found
  std::vector<sim::Lanes> restricted = {};  ///< theta_tilde (p), or where the search for it ended
};
// A statistic is NaN where it is not known: the maximum was not found, or the information there cannot be computed. A
// law whose support depends on theta can exclude a value outright; both statistics are then infinite.

/// theta_tilde maximises the likelihood with component `a` held at `value`; there the other scores vanish, so Rao's
/// quadratic form has one term.
/// `estimate`: the unrestricted maximum (p Lanes); `log_likelihood`: its log likelihood. The search starts at `start`
/// (p Lanes), or at the estimate where that is null.
/// Source: Cox and Hinkley (1974), Theoretical Statistics, section 9.3.
FISHERLAB_API ProfileStatistics profile_statistics(sim::BatchModel const& model, sim::Sample const& sample,
                                                   sim::Lanes const* estimate, sim::Lanes const& log_likelihood,
                                                   int component, sim::Lanes const& value,
                                                   sim::Lanes const* start = nullptr);

/// The likelihood ratio of the same hypothesis alone, without the score and the information at theta_tilde.
FISHERLAB_API ProfileRatio profile_ratio(sim::BatchModel const& model, sim::Sample const& sample,
                                         sim::Lanes const* estimate, sim::Lanes const& log_likelihood, int component,
                                         sim::Lanes const& value, sim::Lanes const* start = nullptr);

}  // namespace fisherlab::estimators

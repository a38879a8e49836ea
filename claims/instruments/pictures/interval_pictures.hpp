#pragma once

#include <cstddef>
#include <vector>

#include "claims/claim.hpp"
#include "claims/instruments/probes/intervals.hpp"

namespace fisherlab::claims {

/// What a question about coverage asks of one component: which probe counts at
/// each scenario.
struct CountedComponent {
  std::size_t component = 0;
  std::vector<std::size_t> probes;  ///< one a scenario
};

/// The ends of the profile likelihood ratio interval of component `a`, {value :
/// 2 log LR(value) <= z^2}, lane by lane: bisected to 1e-8 of its length,
/// infinite where the ratio never exceeds z^2, half a turn away for an angle.
/// NaN where a search failed, so that the end was not found. The likelihood is
/// taken to fall away on either side of its maximum; lanes without one mean
/// nothing.
struct IntervalEnds {
  sim::Lanes lower, upper;
};
IntervalEnds likelihood_ratio_ends(Batch const& batch, std::size_t a, double z);

/// Adds the pictures of a question about coverage: against n, the interval
/// asked for beside Wald, likelihood ratio and score, these from up to 16,384
/// replicates; and where Wald or the likelihood ratio is asked for, both
/// intervals at the smallest n: of as many replicates sorted by |z|, the one in the middle of each of 200 bins. Laws
/// outside the hypotheses have the interval asked for alone.
void add_interval_pictures(Sampled& question, estimators::AnyEstimator const& mle,
                           std::vector<CountedComponent> const& counted, IntervalKind const& kind, double level);

}  // namespace fisherlab::claims

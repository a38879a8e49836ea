#pragma once

#include <functional>

#include "claims/probe.hpp"

namespace fisherlab::claims {

/// The statistic of one test of theta = the theta of a law, lane by lane.
using TestStatistic = std::function<sim::Lanes(Batch const&)>;

/// 2 (l(theta_hat) - l(theta)), for a probe of the MLE.
TestStatistic likelihood_ratio(Law const& law);
/// S'(n I)^-1 S at theta, for a probe that needs scores.
TestStatistic score_statistic(Law const& law);
/// n (theta_hat - theta)' I(theta_hat) (theta_hat - theta), for a probe of the MLE.
TestStatistic wald_statistic(Law const& law);

}  // namespace fisherlab::claims

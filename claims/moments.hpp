#pragma once

#include <cstdint>

#include "claims/setting.hpp"
#include "estimators/estimator.hpp"

namespace fisherlab::claims {

/// Moments of the estimates that a figure needs: a variance two, an interval for a variance four.
inline constexpr int moments_of_variance = 2;
inline constexpr int moments_of_variance_interval = 4;

/// Whether the k-th moment of the estimator exists at n, by the rule of the model's card. Estimators of a function of
/// theta (means, medians) have all that the data have.
bool moment_exists(Law const& law, estimators::Estimator const& estimator, std::int64_t n, int k);

/// @throws InputError telling the least n when the k-th moment does not exist: a simulated variance would mean nothing.
void expects_moment(Law const& law, estimators::Estimator const& estimator, std::int64_t n, int k);

}  // namespace fisherlab::claims

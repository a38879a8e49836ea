#pragma once

#include <cstdint>

#include "claims/setting.hpp"
#include "estimators/estimator.hpp"

namespace fisherlab::claims {

/// Moments of the estimates that a figure needs: a variance two, an interval for a variance four.
inline constexpr int moments_of_variance = 2;
inline constexpr int moments_of_variance_interval = 4;

/// The order below which the moments of the observations themselves exist and can be shown; infinite where the model
/// states no limit and can show its variance.
///
/// A moment that exists is not shown where it is carried by values that no run draws: those beyond six standard normal
/// deviations, of which there is one in a billion. The variance counts as shown when at least half of it lies within
/// them, the mean when at least half of its distance from the median does. Derivation, for a lognormal law: E X^k is
/// carried by values k sdlog deviations out, so sdlog = 9 shows no mean and sdlog = 4 no variance. Asked of univariate
/// models that state quantile, mean and variance.
double moment_order_of_data(Law const& law);

/// Whether the k-th moment of the estimator exists at n under the law of the data: by its own rule given the moments of
/// these; for estimators of theta also by the rule of the model's card, or by what its file says, with the order at
/// which the data's law falls towards an end of its range; and, where the data are of another model, by their own
/// moments unless the model's estimates do not grow with them.
bool moment_exists(Setting const& setting, estimators::Estimator const& estimator, std::int64_t n, int k);
/// Of samples of the law itself; of one component alone.
bool moment_exists(Law const& law, estimators::Estimator const& estimator, std::int64_t n, int k);
bool moment_exists(Law const& law, estimators::Estimator const& estimator, std::int64_t n, int k, int component);

/// @throws InputError telling the least n, if there is one, when the k-th moment does not exist or cannot be shown:
/// a simulated variance would mean nothing.
void expects_moment(Setting const& setting, estimators::Estimator const& estimator, std::int64_t n, int k);
void expects_moment(Law const& law, estimators::Estimator const& estimator, std::int64_t n, int k);

}  // namespace fisherlab::claims

#pragma once

#include <vector>

#include "estimators/influence/removals/refit.hpp"
#include "sim/random/stream_key.hpp"

namespace fisherlab::estimators::influence {

/// Effects of removals on the mean loss of a test set, which has no penalty in it; for one test point give a test set
/// of that row. Positive: the loss grows without the row, so the row is helpful; negative: it is harmful.

/// g' delta for each row delta of `removals`, g = test_gradient: the effect to first order in delta, for first-order
/// and one-step removals.
Vector predicted_effects(Vector const& test_gradient, Matrix const& removals);

/// The effect to second order in eps: g' delta_2 + delta_1' G delta_1/2 for first- and second-order removals delta_1,
/// delta_2 (rows), G the Hessian of the mean test loss.
Vector second_order_effects(AnyProblem const& problem, Data const& test, Vector const& theta, Matrix const& first_order,
                            Matrix const& second_order);

/// Mean test loss at theta + change less that at theta; exact. NaN for a change of NaN.
double effect(AnyProblem const& problem, Data const& test, Vector const& theta, Vector const& change);

/// The effect of each refit.
Vector actual_effects(AnyProblem const& problem, Data const& test, Vector const& theta,
                      std::vector<Refit> const& refits);

/// The values in another order, every order equally likely: what no prediction may agree with.
Vector shuffled(Vector const& values, sim::StreamKey const& key);

/// Refits by `train` from the full minimum plus N(0, jitter^2) in each parameter: the same minima found another way.
/// Group g draws from replicate `key.replicate` + g.
std::vector<Refit> jittered_refits(Minimum const& minimum, std::vector<std::vector<int>> const& groups,
                                   Convention convention, double jitter, sim::StreamKey const& key,
                                   RefitSettings const& settings = {});

/// The noise floor: the largest absolute difference of any parameter between two sets of refits of the same groups.
/// NaN where both failed counts as none, where one failed as infinite.
/// @throws InputError for sets of different length.
double largest_difference(std::vector<Refit> const& a, std::vector<Refit> const& b);

}  // namespace fisherlab::estimators::influence

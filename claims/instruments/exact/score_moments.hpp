#pragma once

#include "claims/setting.hpp"

namespace fisherlab::claims {

/// Moments of a score that a figure needs: its mean, in an interval, two; its products four.
inline constexpr int moments_of_score_mean = 2;
inline constexpr int moments_of_score_products = 4;

/// Whether E |s_j|^k can be shown for each component of the score of one observation, s at the theta of the model,
/// where the data are of another law: at least half of what lies within eight standard normal deviations of that law
/// lies within six, beyond which a run draws one value in a billion. A moment that does not exist grows without bound
/// from six to eight: x^4 under Student's t(3) by exp((64 - 36)/6) = 106 times or so, since the t-quantile at u normal
/// deviations grows as exp(u^2/6). Asked of univariate laws that state their quantiles; true of all others, and of data
/// of the model itself, whose own conditions are those of the theorems.
bool score_moment_is_shown(Setting const& setting, int k);

/// @throws InputError where it cannot: what is averaged would mean nothing.
void expects_score_moment(Setting const& setting, int k);

}  // namespace fisherlab::claims

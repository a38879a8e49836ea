#pragma once

#include "estimators/influence/data.hpp"

namespace fisherlab::estimators::influence {

/// How well predictions meet what happened, over n pairs (predicted, actual). Correlation alone accepts wrong code (a
/// factor of two keeps it at 1), so slope and error stand beside it.
struct Agreement {
  double slope = 0;           ///< of actual on predicted, least squares
  double intercept = 0;       ///< in the unit of the effect
  double relative_error = 0;  ///< |actual - predicted| / |actual|, Euclidean norms over the pairs
  double pearson = 0;
  double spearman = 0;
  int pairs = 0;
};

/// @throws InputError for lengths that differ or fewer than three pairs. NaN pairs are left out.
Agreement agreement(Vector const& predicted, Vector const& actual);

/// Ranks 1 ... n, ties averaged.
Vector ranks(Vector const& values);

}  // namespace fisherlab::estimators::influence

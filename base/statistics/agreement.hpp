#pragma once

#include <Eigen/Core>

namespace fisherlab {

/// How well predictions meet what happened, over n pairs (predicted, actual). Correlation alone accepts wrong code (a
/// factor of two keeps it at 1), so slope and error stand beside it. A figure that is 0/0 is NaN: the correlations
/// where all predictions or all actuals are equal, the relative error where nothing happened.
struct Agreement {
  double slope = 0;           ///< of actual on predicted, least squares
  double intercept = 0;       ///< in the unit of the effect
  double relative_error = 0;  ///< |actual - predicted| / |actual|, Euclidean norms over the pairs
  double pearson = 0;         ///< correlation of the values
  double spearman = 0;        ///< correlation of the ranks
  int pairs = 0;              ///< pairs counted
};

/// Pairs with a NaN or an infinity are left out; all figures are NaN when fewer than three are left.
/// @throws InputError for lengths that differ or fewer than three pairs.
Agreement agreement(Eigen::VectorXd const& predicted, Eigen::VectorXd const& actual);

/// Ranks 1 ... n, ties averaged.
/// @throws InputError for a NaN, which has no rank.
Eigen::VectorXd ranks(Eigen::VectorXd const& values);

}  // namespace fisherlab

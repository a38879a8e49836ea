#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/api.hpp"

namespace fisherlab::sim {

/// Count, mean vector and sums of products of deviations of a d-vector: a monoid under `merge`.
/// `comoments` is packed (lower triangle row by row); covariance = comoments/(count - 1).
struct FISHERLAB_API Moments {
  std::int64_t count = 0;         ///< vectors
  std::vector<double> mean;       ///< d
  std::vector<double> comoments;  ///< d (d + 1)/2, packed

  /// Of no vectors.
  explicit Moments(int dimension = 0);
  /// d
  int dimension() const { return static_cast<int>(mean.size()); }

  /// Joins two disjoint groups: with delta the difference of the means and w = n_a n_b/(n_a + n_b),
  ///   mean = mean_a + delta n_b/(n_a + n_b),  comoments = comoments_a + comoments_b + w delta delta'.
  /// Associative in value; the engine folds in block order, so the bits are fixed too.
  /// Source: Chan, Golub and LeVeque (1983), Amer. Statist. 37, 242-247.
  void merge(Moments const& other);

  /// Of one component, divisor count - 1.
  double variance(int component) const;
  /// Of two components, divisor count - 1.
  double covariance(int a, int b) const;
};

}  // namespace fisherlab::sim

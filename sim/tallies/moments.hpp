#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/api.hpp"

namespace fisherlab::sim {

/// Count, mean vector and sums of products of deviations of a d-vector: a monoid under `merge`.
/// `comoments` is packed (lower triangle row by row); covariance = comoments/(count - 1). Where components fall into
/// groups, d/g of g each, products are formed within a group alone: one triangle a group, one after the other.
struct FISHERLAB_API Moments {
  std::int64_t count = 0;         ///< vectors
  std::vector<double> mean;       ///< d
  std::vector<double> comoments;  ///< g (g + 1)/2 a group, packed
  int group = 0;                  ///< g, components of a group

  /// Of no vectors. @param of_group  components of a group, divides the dimension; 0: all are one group
  explicit Moments(int dimension = 0, int of_group = 0);
  /// d
  int dimension() const { return static_cast<int>(mean.size()); }
  /// Calls `f(a, b)` for b <= a of each group, in the order in which their products are kept.
  template <class F>
  void each_pair(F const& f) const {
    auto const size = static_cast<std::size_t>(group);
    for (std::size_t first = 0; first < mean.size(); first += size)
      for (std::size_t a = first; a < first + size; ++a)
        for (std::size_t b = first; b <= a; ++b) f(a, b);
  }

  /// Joins two disjoint groups: with delta the difference of the means and w = n_a n_b/(n_a + n_b),
  ///   mean = mean_a + delta n_b/(n_a + n_b),  comoments = comoments_a + comoments_b + w delta delta'.
  /// Associative in value; the engine folds in block order, so the bits are fixed too.
  /// Source: Chan, Golub and LeVeque (1983), Amer. Statist. 37, 242-247.
  void merge(Moments const& other);

  /// Of one component, divisor count - 1.
  double variance(int component) const;
  /// Of two components, divisor count - 1; NaN where they are of different groups.
  double covariance(int a, int b) const;
};

}  // namespace fisherlab::sim

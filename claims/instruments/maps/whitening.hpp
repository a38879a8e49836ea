#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "claims/probe.hpp"
#include "sim/lanes.hpp"

namespace fisherlab::claims {

/// A fixed square matrix that acts on vectors of Lanes: y = A x. Made of doubles that come from the lane mathematics,
/// so the replicate stage keeps its bits.
struct LaneMatrix {
  std::size_t order = 0;
  std::vector<double> entries;  ///< row by row

  void apply(sim::Lanes const* x, sim::Lanes* y) const;
  /// iso_vech(A X A') for a packed symmetric X: diagonal entries, and sqrt(2) times the others.
  void congruent_iso_vech(sim::Lanes const* packed, sim::Lanes* out) const;
  LaneMatrix scaled(double factor) const;
};

/// iso_vech(w w') of a vector of Lanes.
void iso_vech_of_square(sim::Lanes const* w, std::size_t order, sim::Lanes* out);

/// I^-1/2 of a model's information of one observation at theta: whitens scores.
LaneMatrix score_whitening(Law const& law);

/// B^-1/2, with B = G I^-1 G' the bound for n = 1 of an unbiased estimator of g with Jacobian G: whitens errors of
/// estimates. For theta itself that is I^1/2.
LaneMatrix error_whitening(Law const& law, estimators::Target const& target);

/// The bound B itself, r x r row by row.
std::vector<double> bound_matrix(Law const& law, estimators::Target const& target);

/// The bound of component `a` alone, B_aa.
double component_bound(Law const& law, estimators::Target const& target, std::size_t a);

}  // namespace fisherlab::claims

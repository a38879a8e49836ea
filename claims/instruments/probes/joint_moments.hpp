#pragma once

#include <vector>

#include "claims/evidence/directions.hpp"
#include "claims/evidence/matrix.hpp"
#include "claims/evidence/norm.hpp"
#include "sim/tallies/tally.hpp"

namespace fisherlab::claims {

/// How the moments of components [first, first + size) of what a probe folds are kept, so that skewness and kurtosis of
/// every linear form are known. Up to 15 components all joint moments to degree 4 are (3,875 sums); beyond it also
/// |y - c|(y - c) is folded, for a centre c near the mean, from whose second moments N = E|y - c|^2 (y - c)(y - c)'
///   E(u'(y - c))^4 <= |u|^2 u'N u   (Cauchy and Schwarz),   g^2 <= k - 1,
/// bound both, from above by about a third of the components for normal ones: wider intervals, no less safe.
struct JointMoments {
  int first = 0;
  int size = 0;
  int radial = -1;             ///< first component of |y - c|(y - c), or -1
  std::vector<double> centre;  ///< c

  /// Writes |y - c|(y - c) where it is kept.
  void fold(sim::Observed& out) const;
};

/// Adds what is needed to a shape whose `values` count all components so far. `centre`: zeros unless given.
JointMoments keep_moments(sim::TallyShape& shape, int first, int size, std::vector<double> centre = {});

/// iso_vech of the identity, the centre of a whitened matrix.
std::vector<double> centre_of_identity(int p);

/// The mean of the components.
MeanEstimate mean_estimate(sim::Tally const& tally, JointMoments const& kept, ByLaw by_law = {});

/// The symmetric p x p matrix whose iso_vech the components are.
MatrixEstimate matrix_of(sim::Tally const& tally, JointMoments const& kept, int p, ByLaw by_law = {});

}  // namespace fisherlab::claims

#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "claims/evidence/far_reach.hpp"

namespace fisherlab::claims {

/// The moments of what one replicate contributes along a direction u, of any length: to u'm for a mean vector, to u'M u
/// for a matrix. Empty where third and fourth moments were not kept.
using MomentsAlong = std::function<SampleMoments(Eigen::VectorXd const& u)>;

/// Whether the contribution along u cannot vary, whatever the data: then what was seen is what is so. Empty: it can.
using ConstantAlong = std::function<bool(Eigen::VectorXd const& u)>;

/// What the law of the data, where it is known, says of the contributions along u: that they cannot vary, and their
/// moments, in which values that a sample has not shown are counted. The count of the moments is not looked at.
struct ByLaw {
  ConstantAlong constant = {};
  MomentsAlong moments = {};
};

struct Directions {
  MomentsAlong along = {};
  ConstantAlong constant = {};
  MomentsAlong known = {};  ///< under the law of the data; empty where they are not known

  Directions() = default;
  Directions(MomentsAlong of_sample, ByLaw by_law = {})
      : along(std::move(of_sample)), constant(std::move(by_law.constant)), known(std::move(by_law.moments)) {}

  explicit operator bool() const { return static_cast<bool>(along); }
};

/// Those of the difference of two independent contributions. What is constant by construction adds nothing.
Directions difference_of(Directions const& y, Directions const& z);

/// The reach along one direction; zero where it is constant by construction. Where the moments under the law of the
/// data are known the reach is valid only if one from those is, too: what decides is then among what can have been
/// drawn.
FarReach reach_along(Directions const& directions, Eigen::VectorXd const& u, FarLevel const& level);

/// The largest reach over all unit vectors in p dimensions, and whether the reach is valid in all of them.
struct WidestReach {
  double reach = 0;
  bool valid = true;
  std::string reason;  ///< of the worst direction, where not valid
  double needed = 0;   ///< replicates that validity would take there, at the least (FarReach)
};

/// Looks at a net of directions (64 on the half circle for p = 2; axes, diagonals and some hundred fixed random ones
/// beyond) and climbs from the best three times: for the reach, for x and for h, all of them ratios of polynomials of
/// low degree in u. A maximum between the directions of the net is found to 1e-3 of itself; the search is no proof that
/// there is no narrower peak.
/// A direction whose variance is below 1e-13 of the largest is lost in rounding, and the reach is not valid. Skewness
/// and kurtosis are not asked where the variance is below 1e-4 of the largest: such a direction adds nothing to the
/// widest reach. Known moments are asked in all directions, for there the sample may lack what matters.
WidestReach widest_reach(Directions const& directions, Eigen::Index p, std::int64_t count, FarLevel const& level);

}  // namespace fisherlab::claims

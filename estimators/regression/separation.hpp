#pragma once

#include <optional>
#include <vector>

#include "base/api.hpp"
#include "estimators/regression/regression.hpp"

namespace fisherlab::estimators {

/// A direction in which the likelihood of a logistic, Poisson or negative binomial regression rises for ever.
struct Separation {
  Eigen::VectorXd direction;  ///< of the kept coefficients
  std::vector<int> rows;      ///< whose linear predictor it moves: towards their y, which is at an end (0, or 1)
};

/// Looks for a separating direction d: z = X d is at least 0 where y = 1, at most 0 where y = 0, 0 elsewhere (for
/// counts: at most 0 where y = 0, 0 elsewhere), and not 0 everywhere. The estimate exists if and only if there is none.
///
/// Found by alternating projections between the column space and the cone of such z, from u = the sum of all unit
/// vectors of the cone. They converge to a point of both (Bregman 1965), and not to 0 where another point z is in both:
/// no projection comes farther from any t z, t > 0, so |limit - t z|^2 <= |u - t z|^2, and a limit of 0 would make
/// 2 t u'z <= |u|^2 for all t, while u'z > 0. None is given where neither is certain after 20,000 rounds.
/// Sources: Albert and Anderson (1984), Biometrika 71, 1-10; Correia, Guimaraes and Zylkin (2019) for counts.
FISHERLAB_API std::optional<Separation> find_separation(Family family, RegressionDesign const& design,
                                                        Eigen::VectorXd const& y);

}  // namespace fisherlab::estimators

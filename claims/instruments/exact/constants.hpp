#pragma once

#include <cstdint>

#include "claims/evidence/directions.hpp"
#include "claims/setting.hpp"

namespace fisherlab::claims {

/// Which whitened derivatives of the log likelihood cannot vary with the data, found by evaluation: at 128 draws from
/// the law of the data and, for the rare events that these may lack, at the same with one coordinate set to 0, 1, 2, 3
/// or 7 where the support allows. A direction is constant when all evaluations agree to 1e-9 of the unit 1 and to
/// rounding. So the Hessian of a normal mean or of a canonical parameter is a constant, and the score of a
/// Bernoulli(1e-6) that never saw an event is not.
struct Constants {
  ConstantAlong score;       ///< u' of I^-1/2 S
  ConstantAlong outer;       ///< u' of I^-1/2 (sum s s') I^-1/2 u
  ConstantAlong hessian;     ///< the same of the sum of Hessians
  ConstantAlong difference;  ///< the same of s s' + H
};

/// For samples of n observations, of which at most 8 are drawn: what cannot vary in so many cannot in more.
Constants constants_of(Setting const& setting, std::int64_t n);
/// The same for the sum of grad^2 p/p.
ConstantAlong constant_curvature(Setting const& setting, std::int64_t n);

}  // namespace fisherlab::claims

#pragma once

#include <string>
#include <vector>

#include "claims/instruments/maps/scalar_map.hpp"
#include "sim/models/interface/card.hpp"

namespace fisherlab::claims {

/// The scale f on which a Wald interval is formed before its ends are mapped back. All are monotone on the domains that
/// `fits_domain` tells.
enum class Scale { identity, log, logit, sqrt, reciprocal, cube_root, square };

/// "identity", "log", "logit", "sqrt", "reciprocal", "cube-root", "square"; @throws InputError for another word.
Scale scale_of(std::string const& name);
std::string scale_name(Scale scale);

/// Whether f is defined and monotone where a parameter of this domain may lie.
bool fits_domain(Scale scale, sim::Domain domain);

/// The map behind a scale that is one; the cube root is not among them.
ScalarMap map_behind(Scale scale);

/// f(theta) and f'(theta).
template <class Real>
struct Scaled {
  Real value, slope;
};

/// Over `double` or `Lanes`, with the lane mathematics.
template <class Real>
Scaled<Real> on_scale(Scale scale, Real const& theta) {
  if (scale != Scale::cube_root) return {mapped(map_behind(scale), theta), map_slope(map_behind(scale), theta)};
  Real const root = sim::exp(sim::log(theta) / 3.0);
  return {root, root / (3.0 * theta)};
}

}  // namespace fisherlab::claims

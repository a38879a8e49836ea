#pragma once

#include <string>
#include <vector>

#include "sim/math/elementary.hpp"

namespace fisherlab::claims {

/// A map phi = f(theta) of one parameter. `square` and `cube` have f'(0) = 0.
enum class ScalarMap { identity, log, sqrt, reciprocal, logit, square, cube };

/// The names of the maps in a study, without the identity.
std::vector<std::string> scalar_map_names();

std::string scalar_map_name(ScalarMap map);

/// The map of that name.
/// @throws InputError when there is no such map.
ScalarMap scalar_map(std::string const& name);

/// The same, at a theta inside its domain.
/// @throws InputError when there is no such map, or theta lies outside the domain.
ScalarMap scalar_map(std::string const& name, double theta);

/// f(theta) over `double`, `Lanes` or Duals; written with the lane mathematics.
template <class Real>
Real mapped(ScalarMap map, Real const& theta) {
  using sim::log, sim::sqrt;
  switch (map) {
    case ScalarMap::log:
      return log(theta);
    case ScalarMap::sqrt:
      return sqrt(theta);
    case ScalarMap::reciprocal:
      return 1.0 / theta;
    case ScalarMap::logit:
      return log(theta / (1.0 - theta));
    case ScalarMap::square:
      return theta * theta;
    case ScalarMap::cube:
      return theta * theta * theta;
    case ScalarMap::identity:
      break;
  }
  return theta;
}

/// f'(theta) in closed form.
template <class Real>
Real map_slope(ScalarMap map, Real const& theta) {
  using sim::sqrt;
  switch (map) {
    case ScalarMap::log:
      return 1.0 / theta;
    case ScalarMap::sqrt:
      return 0.5 / sqrt(theta);
    case ScalarMap::reciprocal:
      return -1.0 / (theta * theta);
    case ScalarMap::logit:
      return 1.0 / (theta * (1.0 - theta));
    case ScalarMap::square:
      return 2.0 * theta;
    case ScalarMap::cube:
      return 3.0 * theta * theta;
    case ScalarMap::identity:
      break;
  }
  return Real(1.0);
}

/// theta as a function of phi, written independently of the slope, on the side of 0 where `sign` (of theta) lies.
template <class Real>
Real unmapped(ScalarMap map, Real const& phi, double sign) {
  using sim::exp, sim::log, sim::sqrt;
  switch (map) {
    case ScalarMap::log:
      return exp(phi);
    case ScalarMap::sqrt:
      return phi * phi;
    case ScalarMap::reciprocal:
      return 1.0 / phi;
    case ScalarMap::logit:
      return 1.0 / (1.0 + exp(-phi));
    case ScalarMap::square:
      return sign < 0 ? -sqrt(phi) : sqrt(phi);
    case ScalarMap::cube:
      return sign < 0 ? -exp(log(-phi) / 3.0) : exp(log(phi) / 3.0);
    case ScalarMap::identity:
      break;
  }
  return phi;
}

}  // namespace fisherlab::claims

#include "claims/instruments/maps/scalar_map.hpp"

#include <algorithm>
#include <cstddef>

#include "base/expects.hpp"

namespace fisherlab::claims {

std::vector<std::string> scalar_map_names() { return {"log", "sqrt", "reciprocal", "logit", "square", "cube"}; }

std::string scalar_map_name(ScalarMap map) {
  return map == ScalarMap::identity ? "identity" : scalar_map_names()[static_cast<std::size_t>(map) - 1];
}

ScalarMap scalar_map(std::string const& name) {
  auto const names = scalar_map_names();
  auto const place = std::find(names.begin(), names.end(), name);
  expects(place != names.end(),
          "there is no map '" + name + "', choose log, sqrt, reciprocal, logit, " + "square or cube");
  return static_cast<ScalarMap>(1 + (place - names.begin()));
}

ScalarMap scalar_map(std::string const& name, double theta) {
  auto const map = scalar_map(name);
  bool const is_positive = map == ScalarMap::log || map == ScalarMap::sqrt || map == ScalarMap::reciprocal;
  expects(!is_positive || theta > 0, "the map " + name + " needs a parameter above 0, choose another map");
  expects(map != ScalarMap::logit || (theta > 0 && theta < 1),
          "the map logit needs a parameter between 0 and 1, choose another map");
  return map;
}

}  // namespace fisherlab::claims

#include "claims/instruments/maps/scale.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "base/expects.hpp"

namespace fisherlab::claims {
namespace {

/// In the order of the enumeration.
constexpr std::array<std::string_view, 7> names = {"identity",   "log",       "logit", "sqrt",
                                                   "reciprocal", "cube-root", "square"};

}  // namespace

Scale scale_of(std::string const& name) {
  auto const place = std::find(names.begin(), names.end(), name);
  expects(place != names.end(),
          "there is no scale '" + name + "', choose one of: identity, log, logit, sqrt, reciprocal, cube-root, square");
  return static_cast<Scale>(place - names.begin());
}

std::string scale_name(Scale scale) { return std::string(names[static_cast<std::size_t>(scale)]); }

bool fits_domain(Scale scale, sim::Domain domain) {
  if (scale == Scale::identity) return true;
  return scale == Scale::logit ? domain == sim::Domain::unit : sim::has_ends(domain);
}

ScalarMap map_behind(Scale scale) {
  switch (scale) {
    case Scale::log:
      return ScalarMap::log;
    case Scale::logit:
      return ScalarMap::logit;
    case Scale::sqrt:
      return ScalarMap::sqrt;
    case Scale::reciprocal:
      return ScalarMap::reciprocal;
    case Scale::square:
      return ScalarMap::square;
    case Scale::identity:
    case Scale::cube_root:
      break;
  }
  return ScalarMap::identity;
}

}  // namespace fisherlab::claims

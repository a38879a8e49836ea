#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

namespace fisherlab::test {

/// The distance between neighbouring doubles at `x`: 2^(e - 52) for 2^e <= |x| < 2^(e + 1), and 2^-1074 below 2^-1022.
template <class Reference>
double ulp_at(Reference const& x) {
  using std::abs;
  double const size = static_cast<double>(abs(x));
  int const e = size == 0.0 ? -1022 : std::max(std::ilogb(size), -1022);
  return std::ldexp(1.0, e - 52);
}

/// |value - exact| in units of the last place of `exact`, a number of a wider type. 0 when both are the same infinity
/// (an `exact` beyond the range of double counts as infinite) or both NaN; infinite when only one of them is.
template <class Reference>
double ulp_error(double value, Reference const& exact) {
  double const rounded = static_cast<double>(exact);
  if (std::isnan(value) || std::isnan(rounded)) {
    return std::isnan(value) && std::isnan(rounded) ? 0.0 : std::numeric_limits<double>::infinity();
  }
  if (std::isinf(value) || std::isinf(rounded)) {
    return value == rounded ? 0.0 : std::numeric_limits<double>::infinity();
  }
  using std::abs;
  return static_cast<double>(abs(Reference(value) - exact) / Reference(ulp_at(exact)));
}

}  // namespace fisherlab::test

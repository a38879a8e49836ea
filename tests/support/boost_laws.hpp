#pragma once

#include <algorithm>
#include <boost/math/distributions/complement.hpp>
#include <cmath>
#include <cstddef>
#include <map>
#include <memory>

#include "testing/reference_law.hpp"

// Reference laws from the distributions of Boost.Math.
namespace fisherlab::test {

using laws::Axis;
using laws::Coordinate;
using laws::ReferenceLaw;

/// A continuous law of Boost.Math as coordinate d.
template <class Distribution>
Coordinate continuous(Distribution const& law, Axis::Kind kind, std::size_t d = 0) {
  return laws::continuous(
      kind, {quantile(law, 0.25), quantile(law, 0.5), quantile(law, 0.75)}, [law](double x) { return cdf(law, x); }, d);
}

/// A law of Boost.Math on the counts 0 ... last as coordinate d.
template <class Distribution>
Coordinate counts(Distribution const& law, double last, std::size_t d = 0) {
  double const centre = mean(law), width = standard_deviation(law);
  double const first = std::max(0.0, std::floor(centre - 40 * width));
  auto const known =
      std::make_shared<std::map<double, double>>();  // the distribution function is asked often, and slow
  auto const up_to = [law, known](double k) {
    auto const [place, is_new] = known->try_emplace(k);
    if (is_new) place->second = cdf(law, k);
    return place->second;
  };
  return {.axis = {.kind = Axis::Kind::counts, .centre = centre, .width = width, .lower = first, .upper = last},
          .cdf = [=](double const* x) { return up_to(x[d]); },
          .below = [=](double const* x) { return x[d] > 0 ? up_to(x[d] - 1) : 0; }};
}

}  // namespace fisherlab::test

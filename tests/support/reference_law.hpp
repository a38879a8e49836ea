#pragma once

#include <algorithm>
#include <array>
#include <boost/math/distributions/complement.hpp>
#include <cmath>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "tests/support/axis.hpp"

namespace fisherlab::test {

/// The law of one coordinate given those before it, from a source other than the library.
struct Coordinate {
  Axis axis;
  std::function<double(double const* x)> cdf;    ///< P(X_d <= x_d | x_0 ... x_{d-1})
  std::function<double(double const* x)> below;  ///< P(X_d < x_d | x_0 ... x_{d-1}); empty for a continuous law
};

template <std::size_t dimension>
struct ReferenceLaw {
  std::array<Coordinate, dimension> coordinates;
  bool independent = true;  ///< whether the observations of a sample are independent
};

/// A continuous law of Boost.Math as coordinate d.
template <class Distribution>
Coordinate continuous(Distribution const& law, Axis::Kind kind, std::size_t d = 0) {
  double low = quantile(law, 0.25), centre = quantile(law, 0.5), high = quantile(law, 0.75);
  if (kind == Axis::Kind::positive) low = std::log(low), centre = std::log(centre), high = std::log(high);
  return {.axis = {.kind = kind, .centre = centre, .width = 0.5 * (high - low)},
          .cdf = [law, d](double const* x) { return cdf(law, x[d]); },
          .below = {}};
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

/// Rosenblatt's transform: u_d = F(x_d | x_0 ... x_{d-1}), spread evenly over its jump where the law has one. If the
/// law is right, the u are independent and uniform on (0, 1). Source: Rosenblatt (1952), Ann. Math. Statist. 23,
/// 470-472.
template <std::size_t dimension>
std::array<double, dimension> to_uniform(ReferenceLaw<dimension> const& law, std::array<double, dimension> const& x,
                                         std::mt19937_64& bits) {
  std::array<double, dimension> u;
  for (std::size_t d = 0; d < dimension; ++d) {
    auto const& coordinate = law.coordinates[d];
    u[d] = coordinate.cdf(x.data());
    if (!coordinate.below) continue;
    double const share = std::uniform_real_distribution<>()(bits);
    u[d] = std::lerp(coordinate.below(x.data()), u[d], share);
  }
  return u;
}

}  // namespace fisherlab::test

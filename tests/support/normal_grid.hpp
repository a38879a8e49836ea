#pragma once

#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <cstddef>

#include "sim/models/interface/model.hpp"

// What takes the place of quadrature for normal laws of several coordinates: an exact rule for polynomials.
namespace fisherlab::test {

/// Calls f(z, weight) on the grid {-sqrt 3, 0, sqrt 3}^d with the weights 1/6, 2/3, 1/6 of each coordinate: the sum of
/// weight f is E f(z) for standard normal z, exactly, when f has degree at most 5 in each coordinate (Gauss and
/// Hermite's rule of three points).
template <std::size_t d, class F>
void over_normal_grid(F const& f) {
  std::size_t points = 1;
  for (std::size_t k = 0; k < d; ++k) points *= 3;
  for (std::size_t index = 0; index < points; ++index) {
    std::array<double, d> z;
    double weight = 1;
    std::size_t rest = index;
    for (std::size_t k = 0; k < d; ++k, rest /= 3) {
      z[k] = (static_cast<double>(rest % 3) - 1) * std::sqrt(3.0);
      weight *= rest % 3 == 1 ? 2.0 / 3 : 1.0 / 6;
    }
    f(z, weight);
  }
}

/// Mean score, E[score score'] and -E hessian, exact since the scores are polynomials of degree 2, in units of the
/// information; `observe(z)` makes an observation of the law out of standard normal numbers.
template <class M, class Observe>
void expect_information(M const& model, sim::ThetaOf<M, double> const& t, Observe const& observe) {
  constexpr std::size_t p = M::parameter_count;
  auto const information = model.information(t);
  std::array<double, p> mean{};
  std::array<double, sim::packed_size(p)> outer{}, curvature{};
  over_normal_grid<M::dimension>([&](auto const& z, double weight) {
    auto const x = observe(z);
    auto const s = model.score(x, t);
    auto const h = model.hessian(x, t);
    for (std::size_t a = 0; a < p; ++a) {
      mean[a] += weight * s[a];
      for (std::size_t b = 0; b <= a; ++b) {
        outer[sim::packed_index(a, b)] += weight * s[a] * s[b];
        curvature[sim::packed_index(a, b)] -= weight * h[sim::packed_index(a, b)];
      }
    }
  });
  for (std::size_t a = 0; a < p; ++a) {
    double const unit = std::sqrt(information[sim::packed_index(a, a)]);
    EXPECT_NEAR(mean[a] / unit, 0, 1e-11);
    for (std::size_t b = 0; b <= a; ++b) {
      std::size_t const k = sim::packed_index(a, b);
      double const scale = unit * std::sqrt(information[sim::packed_index(b, b)]);
      EXPECT_NEAR(outer[k] / scale, information[k] / scale, 1e-11) << a << b;
      EXPECT_NEAR(curvature[k] / scale, information[k] / scale, 1e-11) << a << b;
    }
  }
}

/// Written out, independently of the models.
inline double log_density(boost::math::normal_distribution<> const& law, double x) {
  double const z = (x - law.mean()) / law.standard_deviation();
  return -z * z / 2 - std::log(law.standard_deviation()) - std::log(2 * std::acos(-1.0)) / 2;
}

}  // namespace fisherlab::test

#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <cstddef>
#include <initializer_list>
#include <type_traits>
#include <utility>
#include <vector>

#include "sim/autodiff/differences.hpp"
#include "sim/models/scalar/scalar_model.hpp"

namespace fisherlab::sim {

/// Where a search for the reach along one parameter begins: half the way to an end of its domain.
inline FirstStep first_step(Domain domain, double theta) {
  switch (domain) {
    case Domain::positive:
      return {theta / 2, false};
    case Domain::unit:
      return {std::min(theta, 1 - theta) / 2, false};
    case Domain::angle:
      return {0.5, false};
    case Domain::real:
      break;
  }
  return {0.5, true};
}

/// Derivatives in theta of the log density f of a scalar model at one observation and one theta: by differences
/// (differences.hpp) along lines, or, where f takes complex numbers, by complex steps and differences of these.
///
/// Along a line theta + t v the complex step is f'(t) = Im f(theta + (t + i h) v)/h with h so small that h^2 vanishes:
/// exact to rounding, nothing is subtracted. Source: Squire and Trapp (1998), SIAM Review 40, 110-112.
///
/// Mixed derivatives follow from lines between the axes, with D_v^k the k-th derivative along v:
///   2 f_ab  = D^2_(a+b) - f_aa - f_bb,
///   6 f_aab = D^3_(a+b) - D^3_(a-b) - 2 f_bbb,
///   6 f_abc = D^3_(a+b+c) - D^3_(a+b) - D^3_(a+c) - D^3_(b+c) + f_aaa + f_bbb + f_ccc.
/// An axis is measured by the reach of f along it, so that all terms have one size.
template <ScalarModel M>
class ScalarDerivatives {
 public:
  static constexpr std::size_t p = M::parameter_count;
  using Point = Theta<double, p>;
  using Packed = Symmetric<double, p>;

  ScalarDerivatives(M const& model, ObservationOf<M, double> const& x, Point const& theta)
      : model_(model), x_(x), theta_(theta), value_(model.log_density(x, theta)) {
    for (std::size_t a = 0; a < p; ++a) {
      reaches_[a] = reach_along(a);
      units_[a] = reaches_[a].size;
    }
  }

  /// f itself.
  double value() const { return value_; }

  /// d f/dt along theta + t tangent.
  double slope(Point const& tangent) const {
    double longest = HUGE_VAL;
    for (std::size_t a = 0; a < p; ++a)
      if (tangent[a] != 0) longest = std::min(longest, units_[a] / std::fabs(tangent[a]));
    return longest < HUGE_VAL ? along(tangent, longest, 2).first : 0;
  }

  /// Gradient and Hessian.
  std::pair<Point, Packed> gradient_and_hessian() const {
    Point gradient;
    Packed hessian;
    Point second;
    for (std::size_t a = 0; a < p; ++a) {
      auto const d = along_axis(a, 2);
      gradient[a] = d.first / units_[a];
      second[a] = d.second;
      for (std::size_t b = 0; b <= a; ++b) {
        double const mixed =
            a == b ? d.second : (along(axes({{a, 1}, {b, 1}}), 1, 2).second - second[a] - second[b]) / 2;
        hessian[packed_index(a, b)] = mixed / (units_[a] * units_[b]);
      }
    }
    return {gradient, hessian};
  }

  /// d Hessian/dt along theta + t tangent.
  Packed hessian_slope(Point const& tangent) const {
    Packed result;
    for (std::size_t a = 0; a < p; ++a)
      for (std::size_t b = 0; b <= a; ++b) {
        double sum = 0;
        for (std::size_t c = 0; c < p; ++c)
          if (tangent[c] != 0) sum += tangent[c] / units_[c] * third(a, b, c);
        result[packed_index(a, b)] = sum / (units_[a] * units_[b]);
      }
    return result;
  }

 private:
  using Term = std::pair<std::size_t, double>;  ///< an axis, and how much of its unit

  Point axes(std::initializer_list<Term> terms) const {
    Point v{};
    for (auto const& [a, share] : terms) v[a] = share * units_[a];
    return v;
  }

  /// f along theta + t v.
  auto along_real(Point const& v) const {
    return [this, &v](double t) { return at<double>(v, t, 0).real(); };
  }

  /// Derivatives along theta + t v, which is looked at for |t| up to `longest`.
  LineDerivatives along(Point const& v, double longest, int order) const {
    return within(v, reach(along_real(v), value_, {longest, false}), order);
  }

  /// Derivatives along one axis, in its unit.
  LineDerivatives along_axis(std::size_t a, int order) const {
    return within(axes({{a, 1}}), {1, reaches_[a].up, reaches_[a].down}, order);
  }

  LineDerivatives within(Point const& v, Reach const& reach, int order) const {
    if constexpr (!HasComplexDensity<M>) {
      return derivatives_by_differences(along_real(v), value_, reach, order);
    } else {
      constexpr double h = 0x1p-300;
      LineFunction const slope = [this, &v](double t) { return at<std::complex<double>>(v, t, h).imag() / h; };
      double const here = slope(0);
      auto const d = derivatives_by_differences(slope, here, {reach.size, slope(reach.size), slope(-reach.size)}, 2);
      return {here, d.first, d.second};
    }
  }

  /// f(theta + (t + i h) v).
  template <class T>
  std::complex<double> at(Point const& v, double t, double h) const {
    Theta<T, p> z;
    for (std::size_t a = 0; a < p; ++a) {
      if constexpr (std::is_same_v<T, double>)
        z[a] = theta_[a] + t * v[a];
      else
        z[a] = {theta_[a] + t * v[a], h * v[a]};
    }
    return model_.log_density(x_, z);
  }

  /// How far f is looked at along one axis: half the way to an end of its domain, or as far as f changes by about 1.
  Reach reach_along(std::size_t a) const {
    static std::vector<Domain> const domains = M::card().domains;
    Point v{};
    v[a] = 1;
    return reach(along_real(v), value_, first_step(domains[a], theta_[a]));
  }

  /// f_abc times the units of a, b and c.
  double third(std::size_t a, std::size_t b, std::size_t c) const {
    std::array<std::size_t, 3> order{a, b, c};
    std::sort(order.begin(), order.end());
    a = order[0], b = order[1], c = order[2];
    auto const cube = [this](std::initializer_list<Term> terms) { return along(axes(terms), 1, 3).third; };
    auto const alone = [this](std::size_t axis) { return along_axis(axis, 3).third; };
    if (a == c) return alone(a);
    if (a != b && b != c)
      return (cube({{a, 1}, {b, 1}, {c, 1}}) - cube({{a, 1}, {b, 1}}) - cube({{a, 1}, {c, 1}}) -
              cube({{b, 1}, {c, 1}}) + alone(a) + alone(b) + alone(c)) /
             6;
    std::size_t const twice = b, once = a == b ? c : a;
    return (cube({{twice, 1}, {once, 1}}) - cube({{twice, 1}, {once, -1}}) - 2 * alone(once)) / 6;
  }

  M const& model_;
  ObservationOf<M, double> const& x_;
  Point const& theta_;
  double value_;
  std::array<Reach, p> reaches_;  ///< along each axis
  Point units_;                   ///< their sizes
};

}  // namespace fisherlab::sim

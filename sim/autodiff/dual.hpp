#pragma once

#include "sim/math/circular.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/gamma_functions.hpp"

namespace fisherlab::sim {

/// A number with its derivative along one direction: forward automatic differentiation over `double` or `Lanes`.
/// Every rule below is the chain rule, (f(v), f'(v) d). Comparisons look at the value alone.
template <class Real>
struct Dual {
  Real value;
  Real derivative;

  Dual() = default;
  FISHERLAB_INLINE Dual(double v) : value(v), derivative(0.0) {}  // NOLINT(google-explicit-constructor): constants
  FISHERLAB_INLINE Dual(Real const& v, Real const& d) : value(v), derivative(d) {}

  friend FISHERLAB_INLINE Dual operator-(Dual const& a) { return {-a.value, -a.derivative}; }
  friend FISHERLAB_INLINE Dual operator+(Dual const& a, Dual const& b) {
    return {a.value + b.value, a.derivative + b.derivative};
  }
  friend FISHERLAB_INLINE Dual operator-(Dual const& a, Dual const& b) {
    return {a.value - b.value, a.derivative - b.derivative};
  }
  friend FISHERLAB_INLINE Dual operator*(Dual const& a, Dual const& b) {
    return {a.value * b.value, a.derivative * b.value + a.value * b.derivative};
  }
  friend FISHERLAB_INLINE Dual operator/(Dual const& a, Dual const& b) {
    Real const quotient = a.value / b.value;
    return {quotient, (a.derivative - quotient * b.derivative) / b.value};
  }
  friend FISHERLAB_INLINE auto operator<(Dual const& a, Dual const& b) { return a.value < b.value; }
  friend FISHERLAB_INLINE auto operator>(Dual const& a, Dual const& b) { return a.value > b.value; }
  friend FISHERLAB_INLINE auto operator<=(Dual const& a, Dual const& b) { return a.value <= b.value; }
  friend FISHERLAB_INLINE auto operator>=(Dual const& a, Dual const& b) { return a.value >= b.value; }
  friend FISHERLAB_INLINE auto operator==(Dual const& a, Dual const& b) { return a.value == b.value; }

  friend FISHERLAB_INLINE Dual log(Dual const& a) { return {log(a.value), a.derivative / a.value}; }
  friend FISHERLAB_INLINE Dual log1p(Dual const& a) { return {log1p(a.value), a.derivative / (1.0 + a.value)}; }
  friend FISHERLAB_INLINE Dual exp(Dual const& a) {
    Real const e = exp(a.value);
    return {e, a.derivative * e};
  }
  friend FISHERLAB_INLINE Dual expm1(Dual const& a) { return {expm1(a.value), a.derivative * exp(a.value)}; }
  friend FISHERLAB_INLINE Dual sqrt(Dual const& a) {
    Real const root = sqrt(a.value);
    return {root, 0.5 * a.derivative / root};
  }
  friend FISHERLAB_INLINE Dual tanh(Dual const& a) {
    Real const t = tanh(a.value);
    return {t, a.derivative * (1.0 - t * t)};
  }
  friend FISHERLAB_INLINE Dual abs(Dual const& a) {
    Real const sign = select(a.value < Real(0.0), Real(-1.0), Real(1.0));
    return {abs(a.value), sign * a.derivative};
  }
  friend FISHERLAB_INLINE Dual lgamma(Dual const& a) { return {lgamma(a.value), a.derivative * digamma(a.value)}; }
  template <class Mask>
  friend FISHERLAB_INLINE Dual select(Mask const& m, Dual const& a, Dual const& b) {
    return {select(m, a.value, b.value), select(m, a.derivative, b.derivative)};
  }
};

}  // namespace fisherlab::sim

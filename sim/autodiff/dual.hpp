#pragma once

#include "sim/math/angles.hpp"
#include "sim/math/bessel.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/error_function.hpp"
#include "sim/math/gamma_functions.hpp"
#include "sim/math/tetragamma.hpp"

namespace fisherlab::sim {

/// A number with its derivative along one direction: forward automatic differentiation over `double` or `Lanes`, or
/// over Duals of these for second derivatives.
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
  friend FISHERLAB_INLINE Dual digamma(Dual const& a) { return {digamma(a.value), a.derivative * trigamma(a.value)}; }
  friend FISHERLAB_INLINE Dual trigamma(Dual const& a) {
    return {trigamma(a.value), a.derivative * tetragamma(a.value)};
  }
  friend FISHERLAB_INLINE void sincos(Dual const& a, Dual& sine, Dual& cosine) {
    Real s, c;
    sincos(a.value, s, c);
    sine = {s, a.derivative * c};
    cosine = {c, -a.derivative * s};
  }
  friend FISHERLAB_INLINE Dual sin(Dual const& a) {
    Dual sine, cosine;
    sincos(a, sine, cosine);
    return sine;
  }
  friend FISHERLAB_INLINE Dual cos(Dual const& a) {
    Dual sine, cosine;
    sincos(a, sine, cosine);
    return cosine;
  }
  friend FISHERLAB_INLINE Dual erfc(Dual const& a) {
    constexpr double two_over_root_pi = 0x1.20dd750429b6dp0;
    return {erfc(a.value), a.derivative * (-two_over_root_pi * exp(-(a.value * a.value)))};
  }
  friend FISHERLAB_INLINE Dual normal_cdf(Dual const& a) {
    constexpr double one_over_root_two_pi = 0x1.9884533d43651p-2;
    return {normal_cdf(a.value), a.derivative * (one_over_root_two_pi * exp(-0.5 * (a.value * a.value)))};
  }
  friend FISHERLAB_INLINE Dual log_bessel_i0(Dual const& a) {
    return {log_bessel_i0(a.value), a.derivative * bessel_ratio(a.value)};
  }
  friend FISHERLAB_INLINE Dual bessel_ratio(Dual const& a) {
    return {bessel_ratio(a.value), a.derivative * bessel_ratio_derivative(a.value)};
  }
  /// r'' = (r/x - r')/x - 2 r r', for x > 0; near 0, where r'' = -3x/8, it loses the digits of 1/x^2.
  friend FISHERLAB_INLINE Dual bessel_ratio_derivative(Dual const& a) {
    Real const r = bessel_ratio(a.value), slope = bessel_ratio_derivative(a.value);
    return {slope, a.derivative * ((r / a.value - slope) / a.value - 2.0 * r * slope)};
  }
  template <class Mask>
  friend FISHERLAB_INLINE Dual select(Mask const& m, Dual const& a, Dual const& b) {
    return {select(m, a.value, b.value), select(m, a.derivative, b.derivative)};
  }
};

}  // namespace fisherlab::sim

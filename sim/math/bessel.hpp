#pragma once

#include <array>

#include "sim/math/logarithm.hpp"

namespace fisherlab::sim {

/// r(x) = I1(x)/I0(x) and its derivative r' = 1 - r/x - r^2.
template <class Real>
struct BesselRatio {
  Real ratio, derivative;
};

namespace detail {

/// 1/(k! (k + order)!), the coefficients of z^k, z = x^2/4, in I_order(x) (2/x)^order. For x <= 8 the next term is
/// below 1e-18 of the sum.
template <int order>
inline constexpr std::array<double, 23> bessel_coefficients = [] {
  std::array<double, 23> c{};
  double inverse = 1.0;
  for (int k = 0; k < 23; ++k) {
    c[static_cast<std::size_t>(k)] = inverse;
    inverse /= (k + 1.0) * (k + 1.0 + order);
  }
  return c;
}();

/// The sum of coefficients[k] z^(k - first), k >= first.
template <class Real>
FISHERLAB_INLINE Real bessel_series(Real const& z, std::array<double, 23> const& coefficients, std::size_t first) {
  Real sum = coefficients.back();
  for (std::size_t k = coefficients.size() - 1; k-- > first;) sum = coefficients[k] + z * sum;
  return sum;
}

template <class Real>
Real log_bessel_i0_any(Real const& x) {
  auto const near = x < Real(8.0);
  Real r = 0.0;
  if (any(near)) {
    Real const z = select(near, 0.25 * (x * x), Real(0.0));
    r = log1p_any<Real>(z * bessel_series(z, bessel_coefficients<0>, 1));
  }
  if (!all(near)) {
    // log(sqrt(2 pi x) e^-x I0(x)) = L(16/x - 1)/x, L by interpolation at Chebyshev points (fit_polynomials.py; the
    // error is 5e-17 absolute).
    Real const inverse = 1.0 / max(x, Real(8.0));
    Real const l =
        polynomial(Real(16.0 * inverse - 1.0), 0.12918919514135854, 0.004505415249618582, 0.0003551703396518944,
                   4.5968432015943795e-05, 8.801158375054935e-06, 2.42857637047523e-06, 9.823545662052296e-07,
                   5.495531581125097e-07, 2.9515823619287365e-07, -9.368786926464723e-09, -2.7206428255658115e-07,
                   -2.3556423591371788e-07, 6.009172602822735e-08, 1.9194196905678197e-07, 2.4323386081433883e-08,
                   -9.743150895859913e-08, -2.8528382724485086e-08, 3.124146126438481e-08, 1.1976605390158085e-08,
                   -4.740445020456205e-09, -2.0616225785417824e-09);
    Real const far = x - (0.5 * log_any<Real>(x) + (0.9189385332046727 - inverse * l));
    r = select(near, r, select(x <= Real(largest_finite), far, x));
  }
  return select(x >= Real(0.0), r, Real(the_nan()));
}

template <class Real>
BesselRatio<Real> bessel_ratios_any(Real const& x) {
  auto const near = x < Real(8.0);
  Real ratio = 0.0, derivative = 0.0;
  if (any(near)) {
    Real const z = select(near, 0.25 * (x * x), Real(0.0));
    Real const half_ratio =  // r/x
        0.5 * (bessel_series(z, bessel_coefficients<1>, 0) / bessel_series(z, bessel_coefficients<0>, 0));
    ratio = x * half_ratio;
    derivative = 1.0 - half_ratio - ratio * ratio;
  }
  if (!all(near)) {
    // r = 1 - g/x with g = 1/2 + h/x, h = H(16/x - 1) by interpolation at Chebyshev points (fit_polynomials.py). Then
    // r' = 1 - r/x - r^2 = (2h + g (1 - g))/x^2, where nothing cancels.
    Real const inverse = 1.0 / max(x, Real(8.0));
    Real const h =
        polynomial(Real(16.0 * inverse - 1.0), 0.13369461039105804, 0.009721171178786405, 0.0012034162971640437,
                   0.0002190783253391916, 5.614932202708756e-05, 2.0466785281575376e-05, 1.0714208264505804e-05,
                   6.7412322404056475e-06, 2.637878420051193e-06, -2.69567450672383e-06, -5.857957228058636e-06,
                   -2.6121492695562184e-06, 3.983285137961232e-06, 4.394122959678474e-06, -2.2616138594549554e-06,
                   -4.426699751682625e-06, 1.2826681451962848e-06, 3.596690178134391e-06, -6.989260888701824e-07,
                   -2.303825805497831e-06, 3.093183627040048e-07, 1.0633650044801232e-06, -9.02313311590717e-08,
                   -3.0762550207245864e-07, 1.241789282035593e-08, 4.133301092653973e-08);
    Real const g = 0.5 + inverse * h;
    ratio = select(near, ratio, 1.0 - inverse * g);
    derivative = select(near, derivative, (inverse * inverse) * (2.0 * h + g * (1.0 - g)));
  }
  auto const domain = x >= Real(0.0);
  return {select(domain, ratio, Real(the_nan())), select(domain, derivative, Real(the_nan()))};
}

}  // namespace detail

/// log I0(x), I0 the modified Bessel function of order 0, for x >= 0; NaN elsewhere.
/// Error: below 3 ulp (measured 2.6).
inline double log_bessel_i0(double x) { return detail::log_bessel_i0_any(x); }
inline Lanes log_bessel_i0(Lanes const& x) { return detail::log_bessel_i0_any(x); }

/// I1(x)/I0(x), the mean resultant length of a von Mises law, and its derivative, for x >= 0; NaN elsewhere.
/// Error: the ratio below 6 ulp (measured 5.4); the derivative a relative 2e-13 (worst just below 8).
inline BesselRatio<double> bessel_ratios(double x) { return detail::bessel_ratios_any(x); }
inline BesselRatio<Lanes> bessel_ratios(Lanes const& x) { return detail::bessel_ratios_any(x); }

/// I1(x)/I0(x) alone; see `bessel_ratios`.
inline double bessel_ratio(double x) { return bessel_ratios(x).ratio; }
inline Lanes bessel_ratio(Lanes const& x) { return bessel_ratios(x).ratio; }

/// The derivative of I1(x)/I0(x) alone; see `bessel_ratios`.
inline double bessel_ratio_derivative(double x) { return bessel_ratios(x).derivative; }
inline Lanes bessel_ratio_derivative(Lanes const& x) { return bessel_ratios(x).derivative; }

}  // namespace fisherlab::sim

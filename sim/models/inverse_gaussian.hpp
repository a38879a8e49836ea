#pragma once

#include <cmath>
#include <limits>
#include <optional>

#include "sim/math/error_function.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::sim {

/// Inverse Gaussian law, theta = (mean, shape) = (m, a), both > 0:
///   log p(x; theta) = (log a - log(2 pi) - 3 log x)/2 - a (x - m)^2/(2 m^2 x),   x > 0.
/// Information of one observation: diag(a/m^3, 1/(2 a^2)).
/// Derivation: score = (a (x - m)/m^3, 1/(2 a) - (x - m)^2/(2 m^2 x)), Var x = m^3/a, and a (x - m)^2/(m^2 x) is
/// chi^2_1. The mean's estimate is the sample mean; n a over the shape's is chi^2_{n-1}, so its mean is n a/(n - 3),
/// its variance 2 n^2 a^2/((n - 3)^2 (n - 5)), and its k-th moment exists for n > 2k + 1. Source of the laws: Tweedie
/// (1957), Ann. Math. Statist. 28, 362-377.
struct InverseGaussian {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;

  FISHERLAB_API static ModelCard card();

  double lower_order(Theta<double, 2> const&) const { return std::numeric_limits<double>::infinity(); }
  bool in_space(Theta<double, 2> const& t) const {
    return std::isfinite(t[0]) && t[0] > 0 && std::isfinite(t[1]) && t[1] > 0;
  }
  bool in_support(double const* x) const { return std::isfinite(*x) && *x > 0; }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 2> const& t) const {
    Real const d = (x - t[0]) / t[0];
    return 0.5 * log(t[1]) - 0.5 * log_two_pi - 1.5 * log(x) - 0.5 * (t[1] / x) * d * d;
  }
  template <class Real>
  Theta<Real, 2> score(Real const& x, Theta<Real, 2> const& t) const {
    Real const d = (x - t[0]) / t[0];
    return {t[1] / t[0] * d / t[0], 0.5 / t[1] - 0.5 * d * d / x};
  }
  template <class Real>
  Symmetric<Real, 2> hessian(Real const& x, Theta<Real, 2> const& t) const {
    Real const d = (x - t[0]) / t[0];
    Real const w = 1.0 / (t[0] * t[0]);
    return {-t[1] / t[0] * (1.0 + 3.0 * d) * w, d * w, -0.5 / (t[1] * t[1])};
  }
  template <class Real>
  Symmetric<Real, 2> information(Theta<Real, 2> const& t) const {
    return {t[1] / (t[0] * t[0] * t[0]), Real(0.0), 0.5 / (t[1] * t[1])};
  }

  template <class Real>
  Real mean(Theta<Real, 2> const& t) const {
    return t[0];
  }
  template <class Real>
  Real variance(Theta<Real, 2> const& t) const {
    return t[0] * t[0] * t[0] / t[1];
  }
  /// Phi(-u) - exp(2 a/m) Phi(-v), u = sqrt(a/c) (c/m - 1), v = sqrt(a/c) (c/m + 1). As v^2 - u^2 = 4 a/m, the second
  /// term is the density of u times Phi(-v)/phi(v), taken from its asymptotic series where the factors would overflow.
  /// Source: Shuster (1968), J. Amer. Statist. Assoc. 63, 1514-1516.
  template <class Real>
  Real tail(double c, Theta<Real, 2> const& t) const {
    if (!(c > 0)) return Real(1.0);
    Real const root = sqrt(t[1] / c);
    Real const u = root * (c / t[0] - 1.0);
    Real const v = root * (c / t[0] + 1.0);
    Real const y = 1.0 / (v * v);
    Real const series = 1.0 - y * (1.0 - 3.0 * y * (1.0 - 5.0 * y * (1.0 - 7.0 * y * (1.0 - 9.0 * y))));
    Real const far = exp(-0.5 * u * u - 0.5 * log_two_pi) * series / v;
    return normal_cdf(-u) - select(v > Real(30.0), far, exp(2.0 * t[1] / t[0]) * normal_cdf(-v));
  }
  Theta<Lanes, 2> from_moments(Lanes const& mean, Lanes const& variance) const {
    return {mean, mean * mean * mean / variance};
  }

  /// The roots of a (x - m)^2/(m^2 x) = z^2 are m/r and m r; the smaller one is taken with probability r/(1 + r).
  /// Written with r = 1 + q + sqrt(q (q + 2)), q = m z^2/(2 a), nothing cancels.
  /// Source: Michael, Schucany and Haas (1976), Amer. Statist. 30, 88-90.
  template <class Real>
  Real draw(Theta<double, 2> const& t, Stream<Real>& stream) const {
    Real const z = stream.normal();
    Real const u = stream.open_uniform();
    Real const q = 0.5 * (t[0] / t[1]) * z * z;
    Real const r = 1.0 + q + sqrt(q * (q + 2.0));
    return t[0] * select(u * (1.0 + r) <= r, 1.0 / r, r);
  }
  /// From n, the sums of d = (x - m)/m and d^2/x, and sum log x.
  FISHERLAB_API Lanes sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                           Symmetric<Lanes, 2>& hessian) const;
  /// The mean, and sum 1/x - n/mean, of consecutive tiles.
  struct Totals {
    double count = 0;
    Lanes mean = 0.0;
    Lanes spread = 0.0;
    FISHERLAB_API void add(Sample const& tile);
  };
  Totals totals() const { return {}; }
  FISHERLAB_API std::optional<LaneSet> fit(Totals const& totals, Theta<Lanes, 2>& theta) const;
  FISHERLAB_API LaneSet fit(Sample const& sample, Theta<Lanes, 2>& theta) const;
  /// The sample mean and (n - 3)/n of the estimated shape; best by the completeness of sum x and sum 1/x.
  FISHERLAB_API LaneSet best_unbiased(Sample const& sample, Theta<Lanes, 2>& theta) const;

  /// Infinite in the shape for n up to 3.
  template <class Real>
  Theta<Real, 2> mean_of_estimate(Theta<Real, 2> const& t, double n) const {
    return {t[0], n > 3 ? n / (n - 3.0) * t[1] : Real(HUGE_VAL)};
  }
  template <class Real>
  Theta<Real, 2> first_order_bias(Theta<Real, 2> const& t) const {
    return {Real(0.0), 3.0 * t[1]};
  }
};
static_assert(RegularModel<InverseGaussian>);

}  // namespace fisherlab::sim

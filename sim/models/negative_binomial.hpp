#pragma once

#include <cmath>

#include "sim/math/binet.hpp"
#include "sim/math/log_gap.hpp"
#include "sim/models/interface/model.hpp"

namespace fisherlab::sim {

/// Negative binomial law, a Poisson law whose mean is Gamma with shape r and mean m; theta = (mean, size) = (m, r):
///   log p(x; theta) = log Gamma(x + r) - log Gamma(r) - log x! + r log(r/(r + m)) + x log(m/(r + m)),   x = 0, 1, 2 …
///
/// The terms that cancel as r grows, and the law turns Poisson, are taken out by hand. With w = (x - m)/(r + m),
/// g(w) = (log(1 + w) - w)/w^2 (log_gap.hpp) and D f = f(x + r) - f(r), b Binet's function (binet.hpp):
///   log p = x log m - m - log x! + (x - m)^2/(r + m) + (r + x) w^2 g(w) - log(1 + x/r)/2 + D b,
///   score = (r (x - m)/(m (r + m)), w^2 g(w) + x/(2 r (r + x)) + D b'),
///   hessian = [(r + x)/(r + m)^2 - x/m^2; (x - m)/(r + m)^2; w^2/(r + x) - x (2 r + x)/(2 r^2 (r + x)^2) + D b''].
///
/// Information of one observation: diag(r/(m (r + m)), K). Derivation of K, q = m/(r + m): the Hessian gives
/// K = psi'(r) - E psi'(x + r) - q/r, which has no closed form. From psi'(y) = int_0^1 -log(u) u^(y-1)/(1 - u) du and
/// the generating function of x, K = int_0^1 f(s) (1 - s)^(r-1) ds with f(s) = (-log(1 - q s) - q s)/s
/// = sum_{j >= 2} q^j s^(j-1)/j: every term is positive (the series of Fisher 1941), nothing cancels. By parts,
///   K = (q^2/r) int_0^1 (1/(1 - q s) + g(-q s)) (1 - s)^r ds,
/// and with s = 1 - exp(-v/(r + 1)), v = log(1 + exp u), the trapezoidal rule in u converges exponentially at every r:
/// 75 points are within a relative 6e-11 of K where m/r < 2^26.
/// The estimate of the mean is the sample mean, whatever r is.
struct NegativeBinomial {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;

  FISHERLAB_API static ModelCard card();

  /// Bounded so that the gamma means of the sampler stay below 2^31, where Poisson counts are drawn.
  bool in_space(Theta<double, 2> const& t) const {
    return t[0] > 0 && t[1] > 0 && t[0] < 0x1p26 && t[0] < 0x1p26 * t[1] && t[1] < 0x1p31;
  }
  bool in_support(double const* x) const { return std::isfinite(*x) && *x >= 0 && *x == std::floor(*x); }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 2> const& t) const {
    auto const& [m, r] = t;
    Real const y = x + r;
    Real const base = r + m;
    Real const deviation = x - m;
    Real const w = deviation / base;
    Real const poisson = x * log(m) - m - lgamma(x + 1.0);
    Real const spread = w * (deviation + y * (w * log_gap(w, Real(y / base))));
    return poisson + spread - 0.5 * log1p(x / r) + (binet(y) - binet(r));
  }
  template <class Real>
  Theta<Real, 2> score(Real const& x, Theta<Real, 2> const& t) const {
    auto const& [m, r] = t;
    Real const y = x + r;
    Real const base = r + m;
    Real const w = (x - m) / base;
    return {r * w / m, w * w * log_gap(w, Real(y / base)) + 0.5 * x / (r * y) + (binet_slope(y) - binet_slope(r))};
  }
  template <class Real>
  Symmetric<Real, 2> hessian(Real const& x, Theta<Real, 2> const& t) const {
    auto const& [m, r] = t;
    Real const y = x + r;
    Real const base = r + m;
    Real const w = (x - m) / base;
    Real const ry = r * y;
    return {y / (base * base) - x / (m * m), w / base,
            w * w / y - 0.5 * x * (r + y) / (ry * ry) + (binet_curvature(y) - binet_curvature(r))};
  }
  template <class Real>
  Symmetric<Real, 2> information(Theta<Real, 2> const& t) const {
    return {t[1] / (t[0] * (t[0] + t[1])), Real(0.0), size_information(t)};
  }

  template <class Real>
  Real mean(Theta<Real, 2> const& t) const {
    return t[0];
  }
  template <class Real>
  Real variance(Theta<Real, 2> const& t) const {
    return t[0] + t[0] * t[0] / t[1];
  }
  /// mean = m and variance = m + m^2/r solved for theta; no size (NaN) where the variance is at most the mean.
  Theta<Lanes, 2> from_moments(Lanes const& mean, Lanes const& variance) const {
    Lanes const excess = variance - mean;
    return {mean, select(excess > Lanes(0.0), mean * mean / excess, Lanes(NAN))};
  }

  bool fills_in_tiles(Theta<double, 2> const&) const { return true; }
  /// Gamma numbers of shape r and mean m, then Poisson numbers of these means.
  FISHERLAB_API void fill(Theta<double, 2> const& t, LaneStream& stream, Sample& sample) const;
  /// Newton's method for 1/size; see the .cpp file. The estimate exists where the variance (divisor n) is above the
  /// mean.
  FISHERLAB_API LaneSet fit(Sample const& sample, Theta<Lanes, 2>& theta) const;

 private:
  /// The trapezoidal rule for K: points v and their weights. Beyond its ends the terms fall geometrically, and the
  /// weights of the end points include them.
  struct Rule {
    static constexpr int points = 75;
    double v[points];
    double weight[points];
  };
  FISHERLAB_API static Rule const& rule();

  template <class Real>
  static Real size_information(Theta<Real, 2> const& t) {
    Real const base = t[0] + t[1];
    Real const q = t[0] / base;
    Real const p = t[1] / base;
    Real const scale = -1.0 / (t[1] + 1.0);
    Rule const& r = rule();
    Real sum = 0.0;
    for (int k = 0; k < Rule::points; ++k) {
      Real const s = -expm1(r.v[k] * scale);
      Real const rest = p + q * (1.0 - s);  // 1 - q s
      sum = sum + r.weight[k] * (1.0 / rest + log_gap(Real(-q * s), rest));
    }
    return q * q * sum / (t[1] * (t[1] + 1.0));
  }
};
static_assert(RegularModel<NegativeBinomial>);

}  // namespace fisherlab::sim

#pragma once

#include <algorithm>
#include <cmath>
#include <optional>

#include "sim/math/gamma_functions.hpp"
#include "sim/math/log_gamma.hpp"
#include "sim/math/log_sum.hpp"
#include "sim/math/tetragamma.hpp"
#include "sim/models/interface/model.hpp"

namespace fisherlab::sim {

/// Beta law, theta = (alpha, beta), both > 0:
///   log p(x; theta) = (alpha - 1) log x + (beta - 1) log(1 - x) - log B(alpha, beta),   0 < x < 1.
/// Information of one observation, psi' the trigamma function and s = alpha + beta:
///   [psi'(alpha) - psi'(s), -psi'(s); -psi'(s), psi'(beta) - psi'(s)].
/// Derivation: score = (log x - psi(alpha) + psi(s), log(1 - x) - psi(beta) + psi(s)); the Hessian does not depend on
/// x. The estimate solves the equations of the score in the means of log x and log(1 - x).
/// Moments: alpha + beta is of the order of 1/(spread of x)^2, and P(spread < r) falls as r^(n - 1), so the k-th moment
/// of the estimate exists for 2 k < n - 1; but where all observations lie within r of 0, beta is of the order of 1/r,
/// with probability of the order of r^(n alpha), so it needs n alpha > k too, and that of alpha n beta > k.
struct Beta {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;

  FISHERLAB_API static ModelCard card();

  /// Smaller shapes put too much of the law nearer to 0 or 1 than doubles reach: beyond the last double below 1 the
  /// probability is about (2^-53)^beta, 0.0006 at 0.2; below the smallest normal one (2^-1022)^alpha, 5e-16 at 0.05.
  bool in_space(Theta<double, 2> const& t) const {
    return std::isfinite(t[0]) && t[0] >= least_alpha && std::isfinite(t[1]) && t[1] >= least_beta;
  }
  static constexpr double least_alpha = 0.05;
  static constexpr double least_beta = 0.2;
  /// At 0 it is alpha, at 1 beta.
  double lower_order(Theta<double, 2> const& t) const { return std::min(t[0], t[1]); }
  bool in_support(double const* x) const { return *x > 0 && *x < 1; }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 2> const& t) const {
    return (t[0] - 1.0) * log(x) + (t[1] - 1.0) * log1p(-x) - (lgamma(t[0]) + lgamma(t[1]) - lgamma(t[0] + t[1]));
  }
  template <class Real>
  Theta<Real, 2> score(Real const& x, Theta<Real, 2> const& t) const {
    Real const common = digamma(t[0] + t[1]);
    return {log(x) - digamma(t[0]) + common, log1p(-x) - digamma(t[1]) + common};
  }
  template <class Real>
  Symmetric<Real, 2> hessian(Real const&, Theta<Real, 2> const& t) const {
    auto const [first, cross, second] = information(t);
    return {-first, -cross, -second};
  }
  template <class Real>
  Symmetric<Real, 2> information(Theta<Real, 2> const& t) const {
    Real const common = trigamma(t[0] + t[1]);
    return {trigamma(t[0]) - common, -common, trigamma(t[1]) - common};
  }

  template <class Real>
  Real mean(Theta<Real, 2> const& t) const {
    return t[0] / (t[0] + t[1]);
  }
  template <class Real>
  Real variance(Theta<Real, 2> const& t) const {
    Real const s = t[0] + t[1];
    return t[0] * t[1] / (s * s * (s + 1.0));
  }
  Theta<Lanes, 2> from_moments(Lanes const& mean, Lanes const& variance) const {
    Lanes const s = mean * (1.0 - mean) / variance - 1.0;
    return {mean * s, (1.0 - mean) * s};
  }

  /// Not where a sample may be so narrow that it has to be looked at again.
  bool fills_in_tiles(Theta<double, 2> const& t) const { return t[0] + t[1] <= 1000; }
  /// g/(g + h) of two gamma numbers, kept inside (0, 1): at least 2^-1022 and at most 1 - 2^-53. The g of a tile come
  /// before its h.
  FISHERLAB_API void fill(Theta<double, 2> const& t, LaneStream& stream, Sample& sample) const;
  /// From n, sum log x and sum log(1 - x).
  FISHERLAB_API Lanes sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                           Symmetric<Lanes, 2>& hessian) const;
  /// Newton on the score, from the moments. Each lane stops by itself.
  FISHERLAB_API LaneSet fit(Sample const& sample, Theta<Lanes, 2>& theta) const;

  /// sum log x and sum log(1 - x) of consecutive tiles. For x below 2^-53 a term of the second is 0, for x >= 1/2 the
  /// difference 1 - x is exact, and between them its rounding, 2^-54, is that of the sum itself. NaN where an
  /// observation is not inside (0, 1).
  class LogSums {
   public:
    FISHERLAB_API void add(Sample const& tile);
    Lanes of_x() const { return x_.value(); }
    Lanes of_rest() const { return rest_.value(); }

   private:
    LogSum<Lanes> x_, rest_;
  };
  /// What the estimate needs: the moments to start from, and the sums of logarithms.
  struct Totals {
    SampleSpread spread;
    LogSums logs;
    void add(Sample const& tile) {
      spread.add(tile);
      logs.add(tile);
    }
  };
  Totals totals() const { return {}; }
  /// Nothing where logarithms, or a spread of the size of rounding, do not tell.
  FISHERLAB_API std::optional<LaneSet> fit(Totals const& totals, Theta<Lanes, 2>& theta) const;

  /// Cox and Snell's formula for a Hessian that does not depend on x: with J the inverse of the information and
  /// third_ijk the third derivatives of log B, bias_r = -sum J_ri J_jk third_ijk/2. With d_i = J_ii psi''(theta_i) and
  /// e = psi''(s) (J_11 + 2 J_12 + J_22) that is bias = -J (d_1 - e, d_2 - e)/2.
  /// Source of the formula: Cox and Snell (1968), J. Roy. Statist. Soc. B 30, 248-275.
  template <class Real>
  Theta<Real, 2> first_order_bias(Theta<Real, 2> const& t) const {
    auto const [first, cross, second] = information(t);
    Real const determinant = first * second - cross * cross;
    Real const e = tetragamma(t[0] + t[1]) * (second - 2.0 * cross + first);
    Real const g = tetragamma(t[0]) * second - e;
    Real const h = tetragamma(t[1]) * first - e;
    Real const scale = -0.5 / (determinant * determinant);
    return {scale * (second * g - cross * h), scale * (first * h - cross * g)};
  }
};
static_assert(RegularModel<Beta>);

}  // namespace fisherlab::sim

#pragma once

#include <cmath>

#include "sim/math/gamma_half_step.hpp"
#include "sim/models/interface/law_of_estimate.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::sim {

/// Rayleigh law, theta = (scale), scale > 0:
///   log p(x; theta) = log x - 2 log scale - x^2/(2 scale^2),   x > 0.
/// Information of one observation: 4/scale^2. Derivation: score = x^2/scale^3 - 2/scale,
/// hessian = 2/scale^2 - 3 x^2/scale^4, and x^2/2 is exponential of mean scale^2.
/// The estimate is sqrt(T/n) with T = sum x^2/2, which is scale^2 Gamma(n, 1): with r the function gamma_half_step its
/// mean is scale r(n) = scale (1 - 1/(8 n) + ...).
struct Rayleigh {
  static constexpr std::size_t parameter_count = 1;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;

  FISHERLAB_API static ModelCard card();

  double lower_order(Theta<double, 1> const&) const { return 2; }
  bool in_space(Theta<double, 1> const& t) const { return std::isfinite(t[0]) && t[0] > 0; }
  bool in_support(double const* x) const { return std::isfinite(*x) && *x > 0; }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 1> const& t) const {
    Real const z = x / t[0];
    return log(z) - log(t[0]) - 0.5 * z * z;
  }
  template <class Real>
  Theta<Real, 1> score(Real const& x, Theta<Real, 1> const& t) const {
    Real const z = x / t[0];
    return {(z * z - 2.0) / t[0]};
  }
  template <class Real>
  Symmetric<Real, 1> hessian(Real const& x, Theta<Real, 1> const& t) const {
    Real const z = x / t[0];
    return {(2.0 - 3.0 * z * z) / (t[0] * t[0])};
  }
  template <class Real>
  Symmetric<Real, 1> information(Theta<Real, 1> const& t) const {
    return {4.0 / (t[0] * t[0])};
  }

  template <class Real>
  Real mean(Theta<Real, 1> const& t) const {
    return sqrt(0.5 * pi) * t[0];
  }
  template <class Real>
  Real variance(Theta<Real, 1> const& t) const {
    return (2.0 - 0.5 * pi) * t[0] * t[0];
  }
  template <class Real>
  Real median(Theta<Real, 1> const& t) const {
    return quantile(0.5, t);
  }
  template <class Real>
  Real quantile(double prob, Theta<Real, 1> const& t) const {
    return sqrt(-2.0 * log1p(-prob)) * t[0];
  }
  template <class Real>
  Real tail(double c, Theta<Real, 1> const& t) const {
    Real const z = max(c, 0.0) / t[0];
    return exp(-0.5 * z * z);
  }
  Theta<Lanes, 1> from_moments(Lanes const& mean, Lanes const&) const { return {mean / sqrt(0.5 * pi)}; }

  template <class Real>
  Real draw(Theta<double, 1> const& t, Stream<Real>& stream) const {
    return t[0] * sqrt(stream.exponential(2.0));
  }
  /// From n, T and sum log x.
  FISHERLAB_API Lanes sums(Sample const& sample, Theta<Lanes, 1> const& t, Theta<Lanes, 1>& score,
                           Symmetric<Lanes, 1>& hessian) const;
  /// The sum of squares.
  struct Totals {
    Lanes squares = 0.0;
    double count = 0;
    FISHERLAB_API void add(Sample const& tile);
  };
  Totals totals() const { return {}; }
  FISHERLAB_API LaneSet fit(Totals const& totals, Theta<Lanes, 1>& theta) const;
  LaneSet fit(Sample const& sample, Theta<Lanes, 1>& theta) const { return fit(gathered(totals(), sample), theta); }

  /// sqrt(T/n)/r(n), r the function gamma_half_step; best by the completeness of T, as are the next two.
  FISHERLAB_API LaneSet best_unbiased(Sample const& sample, Theta<Lanes, 1>& theta) const;
  /// Quantiles are proportional to the scale.
  FISHERLAB_API LaneSet best_unbiased_quantile(double prob, Sample const& sample, Lanes& value) const;
  /// (1 - k/T)^(n - 1) where T > k = c^2/2, else 0: P(x_1^2/2 > k | T), since x_1^2/(2 T) is Beta(1, n - 1).
  FISHERLAB_API LaneSet best_unbiased_tail(double c, Sample const& sample, Lanes& value) const;

  template <class Real>
  Theta<Real, 1> mean_of_estimate(Theta<Real, 1> const& t, double n) const {
    return {gamma_half_step(n) * t[0]};
  }
  template <class Real>
  Theta<Real, 1> first_order_bias(Theta<Real, 1> const& t) const {
    return {-0.125 * t[0]};
  }
  /// w^-2 = G/n with G = sum x^2/(2 scale^2) ~ Gamma(n, 1), information 4/scale^2.
  FISHERLAB_API ScaledEstimate law_of_estimate(Theta<double, 1> const&, std::size_t, std::int64_t n) const;
};
static_assert(RegularModel<Rayleigh>);

}  // namespace fisherlab::sim

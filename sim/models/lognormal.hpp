#pragma once

#include <cmath>
#include <limits>

#include "sim/math/error_function.hpp"
#include "sim/math/gamma_half_step.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"
#include "sim/variates/normal.hpp"
#include "sim/variates/stages.hpp"

namespace fisherlab::sim {

/// Lognormal law, theta = (meanlog, sdlog), sdlog > 0, z = (log x - meanlog)/sdlog:
///   log p(x; theta) = -z^2/2 - log sdlog - log x - log(2 pi)/2,   x > 0.
/// Information of one observation: diag(1, 2)/sdlog^2. Derivation: log x is normal, and -log x is free of theta.
/// The estimate is the normal one of log x: sqrt n times that of sdlog, over sdlog, is a chi variable of n - 1 degrees
/// of freedom, whose mean gamma_half_step gives; to first order the mean of the estimate is sdlog (1 - 3/(4 n)).
struct Lognormal {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;

  FISHERLAB_API static ModelCard card();

  double lower_order(Theta<double, 2> const&) const { return std::numeric_limits<double>::infinity(); }
  bool in_space(Theta<double, 2> const& t) const { return std::isfinite(t[0]) && std::isfinite(t[1]) && t[1] > 0; }
  bool in_support(double const* x) const { return std::isfinite(*x) && *x > 0; }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 2> const& t) const {
    Real const log_x = log(x);
    Real const z = (log_x - t[0]) / t[1];
    return -0.5 * z * z - log(t[1]) - log_x - 0.5 * log_two_pi;
  }
  template <class Real>
  Theta<Real, 2> score(Real const& x, Theta<Real, 2> const& t) const {
    Real const z = (log(x) - t[0]) / t[1];
    return {z / t[1], (z * z - 1.0) / t[1]};
  }
  template <class Real>
  Symmetric<Real, 2> hessian(Real const& x, Theta<Real, 2> const& t) const {
    Real const z = (log(x) - t[0]) / t[1];
    Real const w = 1.0 / (t[1] * t[1]);
    return {-w, -2.0 * z * w, (1.0 - 3.0 * z * z) * w};
  }
  template <class Real>
  Symmetric<Real, 2> information(Theta<Real, 2> const& t) const {
    Real const w = 1.0 / (t[1] * t[1]);
    return {w, Real(0.0), 2.0 * w};
  }

  template <class Real>
  Real mean(Theta<Real, 2> const& t) const {
    return exp(t[0] + 0.5 * t[1] * t[1]);
  }
  template <class Real>
  Real variance(Theta<Real, 2> const& t) const {
    Real const square = t[1] * t[1];
    return expm1(square) * exp(2.0 * t[0] + square);
  }
  template <class Real>
  Real median(Theta<Real, 2> const& t) const {
    return exp(t[0]);
  }
  template <class Real>
  Real quantile(double prob, Theta<Real, 2> const& t) const {
    return exp(t[0] + normal_quantile(prob) * t[1]);
  }
  template <class Real>
  Real tail(double c, Theta<Real, 2> const& t) const {
    return c > 0 ? normal_cdf((t[0] - log(c)) / t[1]) : Real(1.0);
  }
  /// mean and variance above solved for theta.
  Theta<Lanes, 2> from_moments(Lanes const& mean, Lanes const& variance) const {
    Lanes const square = log1p(variance / (mean * mean));
    return {log(mean) - 0.5 * square, sqrt(square)};
  }

  template <class Real>
  Real draw(Theta<double, 2> const& t, Stream<Real>& stream) const {
    return exp(t[0] + t[1] * stream.normal());
  }
  bool fills_in_tiles(Theta<double, 2> const&) const { return true; }
  void fill(Theta<double, 2> const& t, LaneStream& stream, Sample& sample) const {
    for (std::int64_t begin = 0; begin < sample.n(); begin += stage_chunk) {
      Lanes* const chunk = sample.data() + begin;
      std::int64_t const size = std::min(stage_chunk, sample.n() - begin);
      fill_normal(stream, chunk, size, [m = t[0], sd = t[1]](Lanes const& z) { return m + sd * z; });
      for (std::int64_t i = 0; i < size; ++i) chunk[i] = exp(chunk[i]);
    }
  }

  /// From n, mean and squared deviations of log x.
  FISHERLAB_API Lanes sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                           Symmetric<Lanes, 2>& hessian) const;
  /// Sums of log x and of its square. Logarithms are taken less the first one, so that equal observations deviate by
  /// exactly 0.
  struct Totals {
    Lanes first = 0.0;    ///< log x_1
    Lanes sum = 0.0;      ///< of log x less the first
    Lanes squares = 0.0;  ///< of the same
    double count = 0;
    FISHERLAB_API void add(Sample const& tile);
  };
  Totals totals() const { return {}; }
  FISHERLAB_API LaneSet fit(Totals const& totals, Theta<Lanes, 2>& theta) const;
  LaneSet fit(Sample const& sample, Theta<Lanes, 2>& theta) const { return fit(gathered(totals(), sample), theta); }
  /// The mean of log x, and sdlog without its bias; best by the completeness of mean and variance of log x.
  FISHERLAB_API LaneSet best_unbiased(Sample const& sample, Theta<Lanes, 2>& theta) const;
  /// The best unbiased estimate of a quantile, by a power series in the spread of log x; derived in lognormal.cpp.
  FISHERLAB_API LaneSet best_unbiased_quantile(double prob, Sample const& sample, Lanes& value) const;

  template <class Real>
  Theta<Real, 2> mean_of_estimate(Theta<Real, 2> const& t, double n) const {
    return {t[0], sqrt((n - 1.0) / n) * gamma_half_step(0.5 * (n - 1.0)) * t[1]};
  }
  template <class Real>
  Theta<Real, 2> first_order_bias(Theta<Real, 2> const& t) const {
    return {Real(0.0), -0.75 * t[1]};
  }
};
static_assert(RegularModel<Lognormal>);

}  // namespace fisherlab::sim

#pragma once

#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "base/expects.hpp"
#include "sim/math/log_gamma.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"
#include "sim/variates/gamma.hpp"
#include "sim/variates/poisson.hpp"

namespace fisherlab::sim {

/// A normal and, independently, a Poisson observation that share theta: x ~ N(theta, sd^2), y ~ Poisson(exp theta):
///   log p(x, y; theta) = -(x - theta)^2/(2 sd^2) - log sd - log(2 pi)/2 + y theta - exp theta - log y!.
/// Information: 1/sd^2 + exp theta, the sum of the parts (Identity 6.3).
/// Derivation: score = (x - theta)/sd^2 + y - exp theta, hessian = -1/sd^2 - exp theta.
struct NormalPoissonPair {
  static constexpr std::size_t parameter_count = 1;
  static constexpr std::size_t dimension = 2;
  static constexpr Regularity regularity = Regularity::regular;
  double sd = 1.0;

  FISHERLAB_API static ModelCard card();
  static NormalPoissonPair with_constants(std::span<double const> c) {
    expects(std::isfinite(c[0]) && c[0] > 0, "normal_poisson_pair needs a standard deviation above 0, set sd");
    return {c[0]};
  }
  std::vector<double> constants() const { return {sd}; }
  /// Information of x alone and of y alone: 1/sd^2 (normal mean), and (dm/dtheta)^2/m with m = exp theta (Poisson).
  std::array<double, 2> marginal_information(Theta<double, 1> const& t) const {
    double const m = exp(t[0]);
    return {1.0 / (sd * sd), m * m / m};
  }

  bool in_space(Theta<double, 1> const& t) const { return std::isfinite(t[0]) && t[0] < 20.0; }
  bool in_support(double const* x) const {
    return std::isfinite(x[0]) && std::isfinite(x[1]) && x[1] >= 0 && x[1] == std::floor(x[1]);
  }
  template <class Real>
  Real log_density(std::array<Real, 2> const& x, Theta<Real, 1> const& t) const {
    Real const z = (x[0] - t[0]) / sd;
    return -0.5 * z * z - (log(sd) + 0.5 * log_two_pi) + x[1] * t[0] - exp(t[0]) - lgamma(x[1] + 1.0);
  }
  template <class Real>
  Theta<Real, 1> score(std::array<Real, 2> const& x, Theta<Real, 1> const& t) const {
    return {(x[0] - t[0]) / (sd * sd) + x[1] - exp(t[0])};
  }
  template <class Real>
  Symmetric<Real, 1> hessian(std::array<Real, 2> const&, Theta<Real, 1> const& t) const {
    return {-(1.0 / (sd * sd)) - exp(t[0])};
  }
  template <class Real>
  Symmetric<Real, 1> information(Theta<Real, 1> const& t) const {
    return {1.0 / (sd * sd) + exp(t[0])};
  }
  void fill(Theta<double, 1> const& t, LaneStream& stream, Sample& sample) const {
    std::vector<Lanes> counts(static_cast<std::size_t>(sample.n()));
    PoissonSampler(exp(t[0])).fill(stream, counts.data(), sample.n());
    for (std::int64_t i = 0; i < sample.n(); ++i) {
      sample(i, 0) = t[0] + sd * stream.normal();
      sample(i, 1) = counts[static_cast<std::size_t>(i)];
    }
  }
  FISHERLAB_API Theta<Lanes, 1> start(Sample const& sample) const;
};
static_assert(RegularModel<NormalPoissonPair>);

/// An exponential and, independently, a gamma observation of known shape that share the rate:
///   log p(x, y; rate) = log rate - rate x + shape log rate - log Gamma(shape) + (shape - 1) log y - rate y.
/// Information: 1/rate^2 + shape/rate^2. Derivation: score = (1 + shape)/rate - x - y, hessian = -(1 + shape)/rate^2.
struct ExponentialGammaPair {
  static constexpr std::size_t parameter_count = 1;
  static constexpr std::size_t dimension = 2;
  static constexpr Regularity regularity = Regularity::regular;
  double shape = 1.0;

  FISHERLAB_API static ModelCard card();
  static ExponentialGammaPair with_constants(std::span<double const> c) {
    expects(std::isfinite(c[0]) && c[0] > 0, "exponential_gamma_pair needs a shape above 0, set shape");
    return {c[0]};
  }
  std::vector<double> constants() const { return {shape}; }
  std::array<double, 2> marginal_information(Theta<double, 1> const& t) const {
    return {1.0 / (t[0] * t[0]), shape / (t[0] * t[0])};
  }

  /// Of x + y, a gamma law of shape 1 + shape.
  double lower_order(Theta<double, 1> const&) const { return 1 + shape; }
  bool in_space(Theta<double, 1> const& t) const { return std::isfinite(t[0]) && t[0] > 0; }
  bool in_support(double const* x) const { return std::isfinite(x[0]) && x[0] >= 0 && std::isfinite(x[1]) && x[1] > 0; }
  template <class Real>
  Real log_density(std::array<Real, 2> const& x, Theta<Real, 1> const& t) const {
    return (1.0 + shape) * log(t[0]) - t[0] * (x[0] + x[1]) - lgamma(shape) + (shape - 1.0) * log(x[1]);
  }
  template <class Real>
  Theta<Real, 1> score(std::array<Real, 2> const& x, Theta<Real, 1> const& t) const {
    return {(1.0 + shape) / t[0] - x[0] - x[1]};
  }
  template <class Real>
  Symmetric<Real, 1> hessian(std::array<Real, 2> const&, Theta<Real, 1> const& t) const {
    return {-(1.0 + shape) / (t[0] * t[0])};
  }
  template <class Real>
  Symmetric<Real, 1> information(Theta<Real, 1> const& t) const {
    return {(1.0 + shape) / (t[0] * t[0])};
  }
  void fill(Theta<double, 1> const& t, LaneStream& stream, Sample& sample) const {
    std::vector<Lanes> gammas(static_cast<std::size_t>(sample.n()));
    fill_gamma(stream, shape, gammas.data(), sample.n());
    for (std::int64_t i = 0; i < sample.n(); ++i) {
      sample(i, 0) = stream.exponential(1.0 / t[0]);
      sample(i, 1) = gammas[static_cast<std::size_t>(i)] / t[0];
    }
  }
  FISHERLAB_API LaneSet fit(Sample const& sample, Theta<Lanes, 1>& theta) const;
};
static_assert(RegularModel<ExponentialGammaPair>);

/// Two normal observations with one mean, one standard deviation and a known correlation, theta = (mean); with
/// a = x - mean, b = y - mean:
///   log p = -(a^2 - 2 correlation a b + b^2)/(2 sd^2 (1 - correlation^2)) - 2 log sd - log(1 - correlation^2)/2
///           - log(2 pi).
/// Information: 2/(sd^2 (1 + correlation)), while each observation alone carries 1/sd^2: information does not add over
/// dependent data. Derivation: score = (a + b)/(sd^2 (1 + correlation)), Var(a + b) = 2 sd^2 (1 + correlation).
struct CorrelatedPair {
  static constexpr std::size_t parameter_count = 1;
  static constexpr std::size_t dimension = 2;
  static constexpr Regularity regularity = Regularity::regular;
  double sd = 1.0;
  double correlation = 0.5;

  FISHERLAB_API static ModelCard card();
  static CorrelatedPair with_constants(std::span<double const> c) {
    expects(std::isfinite(c[0]) && c[0] > 0, "correlated_pair needs a standard deviation above 0, set sd");
    expects(std::abs(c[1]) < 1, "correlated_pair needs a correlation between -1 and 1, set correlation");
    return {c[0], c[1]};
  }
  std::vector<double> constants() const { return {sd, correlation}; }
  std::array<double, 2> marginal_information(Theta<double, 1> const&) const {
    return {1.0 / (sd * sd), 1.0 / (sd * sd)};
  }

  bool in_space(Theta<double, 1> const& t) const { return std::isfinite(t[0]); }
  bool in_support(double const* x) const { return std::isfinite(x[0]) && std::isfinite(x[1]); }
  template <class Real>
  Real log_density(std::array<Real, 2> const& x, Theta<Real, 1> const& t) const {
    double const rest = 1.0 - correlation * correlation;
    Real const a = (x[0] - t[0]) / sd;
    Real const b = (x[1] - t[0]) / sd;
    return -(a * a - 2.0 * correlation * a * b + b * b) / (2.0 * rest) - (2.0 * log(sd) + 0.5 * log(rest) + log_two_pi);
  }
  template <class Real>
  Theta<Real, 1> score(std::array<Real, 2> const& x, Theta<Real, 1> const& t) const {
    return {(x[0] + x[1] - 2.0 * t[0]) / (sd * sd * (1.0 + correlation))};
  }
  template <class Real>
  Symmetric<Real, 1> hessian(std::array<Real, 2> const&, Theta<Real, 1> const&) const {
    return {Real(-2.0 / (sd * sd * (1.0 + correlation)))};
  }
  template <class Real>
  Symmetric<Real, 1> information(Theta<Real, 1> const&) const {
    return {Real(2.0 / (sd * sd * (1.0 + correlation)))};
  }
  template <class Real>
  std::array<Real, 2> draw(Theta<double, 1> const& t, Stream<Real>& stream) const {
    auto const [first, second] = stream.normal_pair();
    Real const mixed = correlation * first + sqrt(1.0 - correlation * correlation) * second;
    return {t[0] + sd * first, t[0] + sd * mixed};
  }
  FISHERLAB_API LaneSet fit(Sample const& sample, Theta<Lanes, 1>& theta) const;
};
static_assert(RegularModel<CorrelatedPair>);

}  // namespace fisherlab::sim

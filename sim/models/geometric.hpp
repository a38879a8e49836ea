#pragma once

#include <cmath>

#include "sim/math/elementary.hpp"
#include "sim/math/rounding.hpp"
#include "sim/models/interface/law_of_estimate.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/order_statistics.hpp"
#include "sim/totals.hpp"

namespace fisherlab::sim {

/// Geometric law, failures before the first success, theta = (p), 0 < p < 1:
///   log p(x; theta) = log p + x log(1 - p),   x = 0, 1, 2 …
/// Information of one observation: 1/(p^2 (1 - p)).
/// Derivation: score = 1/p - x/(1 - p), hessian = -1/p^2 - x/(1 - p)^2, E x = (1 - p)/p.
/// The estimate is g(mean x) with g(m) = 1/(1 + m); n times its bias is g''(m) Var(x)/2 = p (1 - p) to first order,
/// with g'' = 2 p^3 and Var x = (1 - p)/p^2.
struct Geometric {
  static constexpr std::size_t parameter_count = 1;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;

  static ModelCard card() {
    return {.name = "geometric",
            .title = "Geometric (probability of success; counts the failures before it)",
            .parameters = {"p"},
            .domains = {Domain::unit},
            .constants = {},
            .space = "p is above 2^-31, about 4.7e-10",
            .formula = "log p = log p + x log(1 - p)",
            .support = "x = 0, 1, 2 ...",
            .ranges = {Range::counts},
            .information = "1/(p^2 (1 - p))",
            .estimate = "1/(1 + mean), in closed form; a sample of zeros gives 1 with standard error 0",
            .hypotheses = "meets all; every moment of the estimate exists; the estimate lies on the lattice n/(n + k)",
            .moments = {.grows = false},
            .source = "derived in sim/models/geometric.hpp"};
  }

  /// Above 2^-31, so that draws stay below the 2^51 up to which they are rounded exactly.
  bool in_space(Theta<double, 1> const& t) const { return t[0] > 0x1p-31 && t[0] < 1; }
  bool in_support(double const* x) const { return std::isfinite(*x) && *x >= 0 && *x == std::floor(*x); }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 1> const& t) const {
    // At p = 1, where an estimate may lie, x = 0 has probability 1.
    return log(t[0]) + select(x > Real(0.0), x * log1p(-t[0]), Real(0.0));
  }
  template <class Real>
  Theta<Real, 1> score(Real const& x, Theta<Real, 1> const& t) const {
    return {1.0 / t[0] - x / (1.0 - t[0])};
  }
  template <class Real>
  Symmetric<Real, 1> hessian(Real const& x, Theta<Real, 1> const& t) const {
    Real const failure = 1.0 - t[0];
    return {-1.0 / (t[0] * t[0]) - x / (failure * failure)};
  }
  template <class Real>
  Symmetric<Real, 1> information(Theta<Real, 1> const& t) const {
    return {1.0 / (t[0] * t[0] * (1.0 - t[0]))};
  }

  /// By inversion: P(log u/log(1 - p) >= k) = (1 - p)^k.
  template <class Real>
  Real draw(Theta<double, 1> const& t, Stream<Real>& stream) const {
    return floor_of(log_positive(stream.open_uniform()) / log1p(-t[0]));
  }
  template <class Real>
  Real mean(Theta<Real, 1> const& t) const {
    return (1.0 - t[0]) / t[0];
  }
  template <class Real>
  Real variance(Theta<Real, 1> const& t) const {
    return (1.0 - t[0]) / (t[0] * t[0]);
  }
  template <class Real>
  Real tail(double c, Theta<Real, 1> const& t) const {
    return exp(std::fmax(std::floor(c) + 1.0, 0.0) * log1p(-t[0]));
  }

  /// From n and the sum of the sample.
  Lanes sums(Sample const& sample, Theta<Lanes, 1> const& t, Theta<Lanes, 1>& score,
             Symmetric<Lanes, 1>& hessian) const {
    Lanes const count = static_cast<double>(sample.n());
    Lanes const failures = count * sample_mean(sample);
    Lanes const q = 1.0 - t[0];
    score = {count / t[0] - failures / q};
    hessian = {-count / (t[0] * t[0]) - failures / (q * q)};
    return count * log(t[0]) + select(failures > Lanes(0.0), failures * log1p(-t[0]), Lanes(0.0));
  }
  SampleTotal totals() const { return {}; }
  LaneSet fit(SampleTotal const& total, Theta<Lanes, 1>& theta) const {
    theta = {1.0 / (1.0 + total.mean())};
    return all_lanes;
  }
  LaneSet fit(Sample const& sample, Theta<Lanes, 1>& theta) const { return fit(gathered(totals(), sample), theta); }
  Theta<Lanes, 1> first_order_bias(Theta<Lanes, 1> const& t) const { return {t[0] * (1.0 - t[0])}; }
  /// P(X_1 = 0 | sum), best by the completeness of the sum.
  LaneSet best_unbiased(Sample const& sample, Theta<Lanes, 1>& theta) const {
    LaneSet const found = best_unbiased_tail(0.0, sample, theta[0]);
    theta[0] = 1.0 - theta[0];
    return found;
  }
  /// P(X_1 >= k | sum = s) with k = floor(c) + 1: of the C(s + n - 1, n - 1) equally likely ways to share s failures,
  /// C(s - k + n - 1, n - 1) leave k to the first, so it is the product of (s - j)/(s + n - 1 - j) over j < k; 0 for s
  /// < k.
  FISHERLAB_API LaneSet best_unbiased_tail(double c, Sample const& sample, Lanes& value) const;
  /// By the negative binomial law of k failures before n successes: estimate n/(n + k), score n/p - k/(1 - p).
  FISHERLAB_API CountedEstimate law_of_estimate(Theta<double, 1> const& t, std::size_t, std::int64_t n) const;
};
static_assert(RegularModel<Geometric>);

}  // namespace fisherlab::sim

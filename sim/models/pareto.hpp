#pragma once

#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "base/expects.hpp"
#include "sim/models/interface/law_of_estimate.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::sim {

/// Pareto law with known minimum m > 0, theta = (shape), shape > 0, L = log(x/m):
///   log p(x; theta) = log shape - shape L - log x,   x >= m.
/// Information of one observation: 1/shape^2. Derivation: score = 1/shape - L, hessian = -1/shape^2, and L is
/// exponential of rate shape, so the sum T of L over a sample is Gamma(n, shape).
/// The estimate n/T has E = n shape/(n - 1) and Var = n^2 shape^2/((n - 1)^2 (n - 2)); its k-th moment is that of
/// 1/Gamma(n, shape) and exists for n > k.
struct Pareto {
  static constexpr std::size_t parameter_count = 1;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;
  double minimum = 1.0;

  FISHERLAB_API static ModelCard card();
  static Pareto with_constants(std::span<double const> c) {
    expects(std::isfinite(c[0]) && c[0] > 0, "pareto needs a minimum above 0, set minimum");
    return {c[0]};
  }
  std::vector<double> constants() const { return {minimum}; }
  double lower_end(Theta<double, 1> const&, int) const { return minimum; }

  bool in_space(Theta<double, 1> const& t) const { return std::isfinite(t[0]) && t[0] > 0; }
  bool in_support(double const* x) const { return std::isfinite(*x) && *x >= minimum; }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 1> const& t) const {
    return select(x >= Real(minimum), log(t[0]) - t[0] * log(x / minimum) - log(x), Real(-HUGE_VAL));
  }
  template <class Real>
  Theta<Real, 1> score(Real const& x, Theta<Real, 1> const& t) const {
    return {1.0 / t[0] - log(x / minimum)};
  }
  template <class Real>
  Symmetric<Real, 1> hessian(Real const&, Theta<Real, 1> const& t) const {
    return {-1.0 / (t[0] * t[0])};
  }
  template <class Real>
  Symmetric<Real, 1> information(Theta<Real, 1> const& t) const {
    return {1.0 / (t[0] * t[0])};
  }

  /// Infinite for shapes up to 1.
  template <class Real>
  Real mean(Theta<Real, 1> const& t) const {
    return select(t[0] > Real(1.0), minimum * t[0] / (t[0] - 1.0), Real(HUGE_VAL));
  }
  /// Infinite for shapes up to 2.
  template <class Real>
  Real variance(Theta<Real, 1> const& t) const {
    Real const less = t[0] - 1.0;
    return select(t[0] > Real(2.0), minimum * minimum * t[0] / (less * less * (t[0] - 2.0)), Real(HUGE_VAL));
  }
  template <class Real>
  Real median(Theta<Real, 1> const& t) const {
    return quantile(0.5, t);
  }
  template <class Real>
  Real quantile(double prob, Theta<Real, 1> const& t) const {
    return minimum * exp(-log1p(-prob) / t[0]);
  }
  template <class Real>
  Real tail(double c, Theta<Real, 1> const& t) const {
    return c > minimum ? exp(-log(c / minimum) * t[0]) : Real(1.0);
  }
  /// mean = minimum shape/(shape - 1) solved for the shape.
  Theta<Lanes, 1> from_moments(Lanes const& mean, Lanes const&) const { return {mean / (mean - minimum)}; }

  template <class Real>
  Real draw(Theta<double, 1> const& t, Stream<Real>& stream) const {
    return minimum * exp(stream.exponential(1.0 / t[0]));
  }
  /// From n and T.
  FISHERLAB_API Lanes sums(Sample const& sample, Theta<Lanes, 1> const& t, Theta<Lanes, 1>& score,
                           Symmetric<Lanes, 1>& hessian) const;
  /// T, the sum of log(x/minimum), and the least observation; equal observations at the minimum give exactly 0.
  struct Totals {
    double minimum;
    Lanes sum = 0.0;
    Lanes smallest = HUGE_VAL;
    double count = 0;
    FISHERLAB_API void add(Sample const& tile);
  };
  Totals totals() const { return {minimum}; }
  FISHERLAB_API LaneSet fit(Totals const& totals, Theta<Lanes, 1>& theta) const;
  LaneSet fit(Sample const& sample, Theta<Lanes, 1>& theta) const { return fit(gathered(totals(), sample), theta); }

  /// (n - 1)/T, because E 1/Gamma(n, shape) = shape/(n - 1); best by the completeness of T, as are the next two.
  FISHERLAB_API LaneSet best_unbiased(Sample const& sample, Theta<Lanes, 1>& theta) const;
  /// minimum sum_k (b T)^k (n - 1)!/(k! (n + k - 1)!) with b = -log(1 - prob): E T^k = (n + k - 1)!/((n - 1)! shape^k)
  /// makes its mean minimum exp(b/shape).
  FISHERLAB_API LaneSet best_unbiased_quantile(double prob, Sample const& sample, Lanes& value) const;
  /// (1 - k/T)^(n - 1) where T > k = log(c/minimum), else 0: P(L_1 > k | T), since L_1/T is Beta(1, n - 1).
  FISHERLAB_API LaneSet best_unbiased_tail(double c, Sample const& sample, Lanes& value) const;

  /// Infinite for n = 1.
  template <class Real>
  Theta<Real, 1> mean_of_estimate(Theta<Real, 1> const& t, double n) const {
    return {n > 1 ? n / (n - 1.0) * t[0] : Real(HUGE_VAL)};
  }
  template <class Real>
  Theta<Real, 1> first_order_bias(Theta<Real, 1> const& t) const {
    return t;
  }
  /// w = G/n with G = shape sum log(x/minimum) ~ Gamma(n, 1).
  FISHERLAB_API ScaledEstimate law_of_estimate(Theta<double, 1> const&, std::size_t, std::int64_t n) const;
  double moment_order(Theta<double, 1> const& t) const { return t[0]; }
  double lower_order(Theta<double, 1> const&) const { return std::numeric_limits<double>::infinity(); }
};
static_assert(RegularModel<Pareto>);

}  // namespace fisherlab::sim

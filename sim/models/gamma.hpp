#pragma once

#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include "sim/math/gamma_functions.hpp"
#include "sim/math/log_gamma.hpp"
#include "sim/math/log_sum.hpp"
#include "sim/math/tetragamma.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/models/parts/draw_limits.hpp"
#include "sim/variates/gamma.hpp"

namespace fisherlab::sim {

/// Gamma law, theta = (shape, rate), both > 0:
///   log p(x; theta) = shape log rate - log Gamma(shape) + (shape - 1) log x - rate x,   x > 0.
/// Information of one observation: [psi'(shape), -1/rate; -1/rate, shape/rate^2].
/// Derivation: score = (log rate - psi(shape) + log x, shape/rate - x); the Hessian does not depend on x.
/// The estimate solves log shape - psi(shape) = log mean(x) - mean(log x), rate = shape/mean(x).
struct Gamma {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;

  /// What studies may ask about in place of theta.
  FISHERLAB_API static std::vector<ParameterMap> maps();
  static ModelCard card() {
    return {
        .name = "gamma",
        .title = "Gamma (shape and rate)",
        .parameters = {"shape", "rate"},
        .domains = {Domain::positive, Domain::positive},
        .constants = {},
        .formula = "log p = shape log rate - log Gamma(shape) + (shape - 1) log x - rate x",
        .support = "x > 0",
        .ranges = {Range::positive},
        .information = "[psi'(shape), -1/rate; -1/rate, shape/rate^2]",
        .estimate = "Newton in 1/shape on log shape - psi(shape) = log mean - mean log; rate = shape/mean",
        .hypotheses =
            "meets all; the k-th moment of the estimate exists for n > 2k + 1, that of the rate for n shape > k too; "
            "estimates with a shape above 1e12 count as not found",
        .moments = {.slope = 2, .offset = 1, .divides_from = 1, .grows = false},
        .maps = maps(),
        .source =
            "the iteration: Minka (2002), Estimating a Gamma distribution; the rest derived in "
            "sim/models/gamma.hpp",
        .draw_problem = &draws::of_gamma};
  }

  double lower_order(Theta<double, 2> const& t) const { return t[0]; }
  bool in_space(Theta<double, 2> const& t) const {
    return std::isfinite(t[0]) && t[0] > 0 && std::isfinite(t[1]) && t[1] > 0;
  }
  /// Above it shape and rate are so nearly one parameter that their information cannot be inverted in doubles.
  static constexpr double most_shape = 1e12;
  bool in_support(double const* x) const { return std::isfinite(*x) && *x > 0; }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 2> const& t) const {
    return t[0] * log(t[1]) - lgamma(t[0]) + (t[0] - 1.0) * log(x) - t[1] * x;
  }
  template <class Real>
  Theta<Real, 2> score(Real const& x, Theta<Real, 2> const& t) const {
    return {log(t[1]) - digamma(t[0]) + log(x), t[0] / t[1] - x};
  }
  template <class Real>
  Symmetric<Real, 2> hessian(Real const&, Theta<Real, 2> const& t) const {
    return {-trigamma(t[0]), 1.0 / t[1], -t[0] / (t[1] * t[1])};
  }
  template <class Real>
  Symmetric<Real, 2> information(Theta<Real, 2> const& t) const {
    return {trigamma(t[0]), -1.0 / t[1], t[0] / (t[1] * t[1])};
  }

  template <class Real>
  Real mean(Theta<Real, 2> const& t) const {
    return t[0] / t[1];
  }
  template <class Real>
  Real variance(Theta<Real, 2> const& t) const {
    return t[0] / (t[1] * t[1]);
  }
  /// Shape: b = (k psi' - k^2 psi'' - 2)/(2 (k psi' - 1)^2), Cox and Snell (1968). Rate: rate_hat = k_hat/mean with
  /// k_hat, which is free of scale, independent of the mean (Basu), and E 1/mean = n rate/(n k - 1), so the bias is
  /// (b + 1) rate/k.
  Theta<Lanes, 2> first_order_bias(Theta<Lanes, 2> const& t) const {
    Lanes const k = t[0];
    Lanes const first = k * trigamma(k);
    Lanes const gap = first - 1.0;
    Lanes const b = (first - k * k * tetragamma(k) - 2.0) / (2.0 * gap * gap);
    return {b, (b + 1.0) * t[1] / k};
  }
  /// mean = shape/rate and variance = shape/rate^2 solved for theta.
  Theta<Lanes, 2> from_moments(Lanes const& mean, Lanes const& variance) const {
    return {mean * mean / variance, mean / variance};
  }

  /// Not where a sample may be so narrow that it has to be looked at again.
  bool fills_in_tiles(Theta<double, 2> const& t) const { return t[0] <= 1000; }
  void fill(Theta<double, 2> const& t, LaneStream& stream, Sample& sample) const {
    Lanes const scale = 1.0 / t[1];
    fill_gamma(stream, t[0], sample.data(), sample.n(), [scale](Lanes const& x) { return x * scale; });
  }

  /// From n, sum x and sum log x.
  FISHERLAB_API Lanes sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                           Symmetric<Lanes, 2>& hessian) const;

  /// Newton's step in 1/shape, 1/shape' = 1/shape + f/(shape^2 (1/shape - psi'(shape))) with
  /// f = log shape - psi(shape) - s. Each lane stops by itself.
  FISHERLAB_API LaneSet fit(Sample const& sample, Theta<Lanes, 2>& theta) const;

  /// sum x and sum log x. Two sums each, for the processor works on both at once; a sum's next term waits for its last.
  class Totals {
   public:
    FISHERLAB_API void add(Sample const& tile);
    double count() const { return count_; }
    Lanes sum() const { return sum_[0] + sum_[1]; }
    /// Not a number where the product of two observations may have left the range.
    Lanes sum_of_logs() const { return log_sum_[0].value() + log_sum_[1].value(); }

   private:
    std::array<Lanes, 2> sum_ = {0.0, 0.0};
    std::array<LogSum<Lanes>, 2> log_sum_;
    double count_ = 0;
  };
  Totals totals() const { return {}; }
  /// Nothing where logarithms do not tell the spread.
  FISHERLAB_API std::optional<LaneSet> fit(Totals const& totals, Theta<Lanes, 2>& theta) const;
};
static_assert(RegularModel<Gamma>);

}  // namespace fisherlab::sim

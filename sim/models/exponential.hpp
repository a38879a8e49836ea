#pragma once

#include <cmath>

#include "sim/models/interface/law_of_estimate.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"
#include "sim/order_statistics.hpp"
#include "sim/totals.hpp"

namespace fisherlab::sim {

/// Exponential law, theta = (rate), rate > 0:  log p(x; theta) = log rate - rate x,   x >= 0.
/// Information of one observation: 1/rate^2. Derivation: score = 1/rate - x, hessian = -1/rate^2.
/// The estimate 1/mean has E = n rate/(n - 1) and Var = n^2 rate^2/((n - 1)^2 (n - 2)), because the sum of the sample
/// is Gamma(n, rate).
struct Exponential {
  static constexpr std::size_t parameter_count = 1;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;

  static ModelCard card() {
    return {.name = "exponential",
            .title = "Exponential (rate)",
            .parameters = {"rate"},
            .domains = {Domain::positive},
            .constants = {},
            .formula = "log p = log rate - rate x",
            .support = "x >= 0",
            .ranges = {Range::positive},
            .information = "1/rate^2",
            .estimate = "1/mean, in closed form",
            .hypotheses = "meets all; the k-th moment of the estimate exists for n > k",
            .moments = {.divides_from = 0, .grows = false},
            .source = "derived in sim/models/exponential.hpp"};
  }

  bool in_space(Theta<double, 1> const& t) const { return std::isfinite(t[0]) && t[0] > 0; }
  bool in_support(double const* x) const { return std::isfinite(*x) && *x >= 0; }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 1> const& t) const {
    return log(t[0]) - t[0] * x;
  }
  template <class Real>
  Theta<Real, 1> score(Real const& x, Theta<Real, 1> const& t) const {
    return {1.0 / t[0] - x};
  }
  template <class Real>
  Symmetric<Real, 1> hessian(Real const&, Theta<Real, 1> const& t) const {
    return {-1.0 / (t[0] * t[0])};
  }
  template <class Real>
  Symmetric<Real, 1> information(Theta<Real, 1> const& t) const {
    return {1.0 / (t[0] * t[0])};
  }

  template <class Real>
  Real mean(Theta<Real, 1> const& t) const {
    return 1.0 / t[0];
  }
  template <class Real>
  Real median(Theta<Real, 1> const& t) const {
    return log_two / t[0];
  }
  template <class Real>
  Real variance(Theta<Real, 1> const& t) const {
    return 1.0 / (t[0] * t[0]);
  }
  template <class Real>
  Real quantile(double prob, Theta<Real, 1> const& t) const {
    return -log1p(-prob) / t[0];
  }
  template <class Real>
  Real tail(double c, Theta<Real, 1> const& t) const {
    return exp(-max(c, 0.0) * t[0]);
  }
  /// (n - 1)/sum x, because E 1/Gamma(n, rate) = rate/(n - 1); best by the completeness of the sum.
  LaneSet best_unbiased(Sample const& sample, Theta<Lanes, 1>& theta) const {
    auto const n = static_cast<double>(sample.n());
    theta = {(n - 1.0) / (n * sample_mean(sample))};
    return n > 1 ? to_set(theta[0] < Lanes(HUGE_VAL)) : LaneSet{0};
  }
  /// -log(1 - prob) times the mean, unbiased because the quantile is linear in 1/rate.
  LaneSet best_unbiased_quantile(double prob, Sample const& sample, Lanes& value) const {
    value = -log1p(-prob) * sample_mean(sample);
    return all_lanes;
  }
  /// P(x_1 > c | T) = (1 - c/T)^(n - 1) for c < T, else 0, because x_1/T is Beta(1, n - 1) given the sum T.
  LaneSet best_unbiased_tail(double c, Sample const& sample, Lanes& value) const {
    auto const n = static_cast<double>(sample.n());
    Lanes const ratio = Lanes(max(c, 0.0)) / (n * sample_mean(sample));
    value = select(ratio < Lanes(1.0), exp((n - 1.0) * log1p(-ratio)), Lanes(0.0));
    return all_lanes;
  }

  template <class Real>
  Theta<Real, 1> mean_of_estimate(Theta<Real, 1> const& t, double n) const {
    return {t[0] * (n / (n - 1.0))};
  }
  Theta<Lanes, 1> first_order_bias(Theta<Lanes, 1> const& t) const { return t; }

  template <class Real>
  Real draw(Theta<double, 1> const& t, Stream<Real>& stream) const {
    return stream.exponential(1.0 / t[0]);
  }
  /// From n and the mean of the sample.
  Lanes sums(Sample const& sample, Theta<Lanes, 1> const& t, Theta<Lanes, 1>& score,
             Symmetric<Lanes, 1>& hessian) const {
    Lanes const count = static_cast<double>(sample.n());
    Lanes const mean = sample_mean(sample);
    score = {count * (1.0 / t[0] - mean)};
    hessian = {-count / (t[0] * t[0])};
    return count * (log(t[0]) - t[0] * mean);
  }
  SampleTotal totals() const { return {}; }
  LaneSet fit(SampleTotal const& total, Theta<Lanes, 1>& theta) const {
    Lanes const mean = total.mean();
    theta = {1.0 / mean};
    return to_set(mean > Lanes(0.0));
  }
  LaneSet fit(Sample const& sample, Theta<Lanes, 1>& theta) const { return fit(gathered(totals(), sample), theta); }
  /// w = G/n with G = rate sum x ~ Gamma(n, 1).
  FISHERLAB_API ScaledEstimate law_of_estimate(Theta<double, 1> const&, std::size_t, std::int64_t n) const;
};
static_assert(RegularModel<Exponential>);

}  // namespace fisherlab::sim

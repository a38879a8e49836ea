#pragma once

#include <cmath>

#include "sim/math/count_tail.hpp"
#include "sim/math/log_gamma.hpp"
#include "sim/models/interface/law_of_estimate.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/totals.hpp"
#include "sim/variates/poisson.hpp"

namespace fisherlab::sim {

/// Poisson law, theta = (mean), mean > 0:  log p(x; theta) = x log mean - mean - log x!,   x = 0, 1, 2 …
/// Information of one observation: 1/mean. Derivation: score = x/mean - 1, hessian = -x/mean^2, E x = mean.
struct Poisson {
  static constexpr std::size_t parameter_count = 1;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;

  static ModelCard card() {
    return {.name = "poisson",
            .title = "Poisson (mean)",
            .parameters = {"mean"},
            .domains = {Domain::positive},
            .constants = {},
            .space = "mean is below 2^31, about 2.1e9",
            .formula = "log p = x log mean - mean - log x!",
            .support = "x = 0, 1, 2 ...",
            .ranges = {Range::counts},
            .information = "1/mean",
            .estimate = "the sample mean, in closed form; a sample of zeros gives 0 with standard error 0",
            .hypotheses = "meets all; every moment of the estimate exists; the estimate lies on the lattice k/n",
            .source = "derived in sim/models/poisson.hpp"};
  }

  bool in_space(Theta<double, 1> const& t) const { return t[0] > 0 && t[0] < 0x1p31; }
  bool in_support(double const* x) const { return std::isfinite(*x) && *x >= 0 && *x == std::floor(*x); }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 1> const& t) const {
    // At mean 0, where an estimate may lie, x = 0 has probability 1.
    return select(x > Real(0.0), x * log(t[0]), Real(0.0)) - t[0] - lgamma(x + 1.0);
  }
  template <class Real>
  Theta<Real, 1> score(Real const& x, Theta<Real, 1> const& t) const {
    return {x / t[0] - 1.0};
  }
  template <class Real>
  Symmetric<Real, 1> hessian(Real const& x, Theta<Real, 1> const& t) const {
    return {-x / (t[0] * t[0])};
  }
  template <class Real>
  Symmetric<Real, 1> information(Theta<Real, 1> const& t) const {
    return {1.0 / t[0]};
  }

  bool fills_in_tiles(Theta<double, 1> const&) const { return true; }
  void fill(Theta<double, 1> const& t, LaneStream& stream, Sample& sample) const {
    PoissonSampler(t[0]).fill(stream, sample.data(), sample.n());
  }
  template <class Real>
  Real mean(Theta<Real, 1> const& t) const {
    return t[0];
  }
  template <class Real>
  Real variance(Theta<Real, 1> const& t) const {
    return t[0];
  }
  template <class Real>
  Real tail(double c, Theta<Real, 1> const& t) const {
    return count_tail<Real>(c, HUGE_VAL, [&](double j) { return t[0] / (j + 1.0); });
  }
  template <class Real>
  Theta<Real, 1> mean_of_estimate(Theta<Real, 1> const& t, double) const {
    return t;
  }
  Theta<Lanes, 1> first_order_bias(Theta<Lanes, 1> const&) const { return {Lanes(0.0)}; }
  LaneSet best_unbiased(Sample const& sample, Theta<Lanes, 1>& theta) const { return fit(sample, theta); }
  /// P(x_1 > c | T) for x_1 ~ Binomial(T, 1/n) given the sum T.
  FISHERLAB_API LaneSet best_unbiased_tail(double c, Sample const& sample, Lanes& value) const;
  /// From n, the sum of the sample and sum log x!.
  Lanes sums(Sample const& sample, Theta<Lanes, 1> const& t, Theta<Lanes, 1>& score,
             Symmetric<Lanes, 1>& hessian) const {
    Lanes const count = static_cast<double>(sample.n());
    Lanes total = 0.0;
    Lanes factorials = 0.0;
    for (std::int64_t i = 0; i < sample.n(); ++i) {
      total += sample(i);
      factorials += lgamma(sample(i) + 1.0);
    }
    score = {total / t[0] - count};
    hessian = {-total / (t[0] * t[0])};
    return select(total > Lanes(0.0), total * log(t[0]), Lanes(0.0)) - count * t[0] - factorials;
  }
  SampleTotal totals() const { return {}; }
  LaneSet fit(SampleTotal const& total, Theta<Lanes, 1>& theta) const {
    theta = {total.mean()};
    return all_lanes;
  }
  LaneSet fit(Sample const& sample, Theta<Lanes, 1>& theta) const { return fit(gathered(totals(), sample), theta); }
  /// By the law of the sum, Poisson with the mean n mean.
  FISHERLAB_API CountedEstimate law_of_estimate(Theta<double, 1> const& t, std::size_t, std::int64_t n) const;
};
static_assert(RegularModel<Poisson>);

}  // namespace fisherlab::sim

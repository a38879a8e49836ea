#pragma once

#include "sim/models/interface/law_of_estimate.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/totals.hpp"

namespace fisherlab::sim {

/// Bernoulli law, theta = (p), 0 < p < 1:  log p(x; theta) = x log p + (1 - x) log(1 - p),   x = 0, 1.
/// Information of one observation: 1/(p (1 - p)).
/// Derivation: score = (x - p)/(p (1 - p)), hessian = -x/p^2 - (1 - x)/(1 - p)^2, E x = p.
struct Bernoulli {
  static constexpr std::size_t parameter_count = 1;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;

  static ModelCard card() {
    return {.name = "bernoulli",
            .title = "Bernoulli (probability of success)",
            .parameters = {"p"},
            .domains = {Domain::unit},
            .constants = {},
            .formula = "log p = x log p + (1 - x) log(1 - p)",
            .support = "x = 0, 1",
            .ranges = {Range::counts},
            .information = "1/(p (1 - p))",
            .estimate = "the share of successes, in closed form; 0 and 1 are estimates with standard error 0",
            .hypotheses = "meets all; every moment of the estimate exists; the estimate lies on the lattice k/n",
            .source = "derived in sim/models/bernoulli.hpp"};
  }

  bool in_space(Theta<double, 1> const& t) const { return t[0] > 0 && t[0] < 1; }
  bool in_support(double const* x) const { return *x == 0 || *x == 1; }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 1> const& t) const {
    // Selected, not weighted, so that an estimate of 0 or 1 gives 0 log 0 = 0.
    return select(x > Real(0.5), log(t[0]), log1p(-t[0]));
  }
  template <class Real>
  Theta<Real, 1> score(Real const& x, Theta<Real, 1> const& t) const {
    return {(x - t[0]) / (t[0] * (1.0 - t[0]))};
  }
  template <class Real>
  Symmetric<Real, 1> hessian(Real const& x, Theta<Real, 1> const& t) const {
    Real const failure = 1.0 - t[0];
    return {-x / (t[0] * t[0]) - (1.0 - x) / (failure * failure)};
  }
  template <class Real>
  Symmetric<Real, 1> information(Theta<Real, 1> const& t) const {
    return {1.0 / (t[0] * (1.0 - t[0]))};
  }

  template <class Real>
  Real draw(Theta<double, 1> const& t, Stream<Real>& stream) const {
    return select(stream.open_uniform() < Real(t[0]), Real(1.0), Real(0.0));
  }
  template <class Real>
  Real mean(Theta<Real, 1> const& t) const {
    return t[0];
  }
  template <class Real>
  Real variance(Theta<Real, 1> const& t) const {
    return t[0] * (1.0 - t[0]);
  }
  template <class Real>
  Real tail(double c, Theta<Real, 1> const& t) const {
    if (c < 0) return Real(1.0);
    return c < 1 ? t[0] : Real(0.0);
  }
  template <class Real>
  Theta<Real, 1> mean_of_estimate(Theta<Real, 1> const& t, double) const {
    return t;
  }
  Theta<Lanes, 1> first_order_bias(Theta<Lanes, 1> const&) const { return {Lanes(0.0)}; }
  LaneSet best_unbiased(Sample const& sample, Theta<Lanes, 1>& theta) const { return fit(sample, theta); }
  /// From n and the number of successes.
  Lanes sums(Sample const& sample, Theta<Lanes, 1> const& t, Theta<Lanes, 1>& score,
             Symmetric<Lanes, 1>& hessian) const {
    Lanes const count = static_cast<double>(sample.n());
    Lanes successes = 0.0;
    for (std::int64_t i = 0; i < sample.n(); ++i) successes += sample(i);
    Lanes const failures = count - successes;
    Lanes const q = 1.0 - t[0];
    score = {(successes - count * t[0]) / (t[0] * q)};
    hessian = {-successes / (t[0] * t[0]) - failures / (q * q)};
    return select(successes > Lanes(0.0), successes * log(t[0]), Lanes(0.0)) +
           select(failures > Lanes(0.0), failures * log1p(-t[0]), Lanes(0.0));
  }
  SampleTotal totals() const { return {}; }
  LaneSet fit(SampleTotal const& total, Theta<Lanes, 1>& theta) const {
    theta = {total.mean()};
    return all_lanes;
  }
  LaneSet fit(Sample const& sample, Theta<Lanes, 1>& theta) const { return fit(gathered(totals(), sample), theta); }
  double trial_count() const { return 1.0; }
  /// By the binomial law of the number of successes.
  FISHERLAB_API CountedEstimate law_of_estimate(Theta<double, 1> const& t, std::size_t, std::int64_t n) const;
};
static_assert(RegularModel<Bernoulli>);

}  // namespace fisherlab::sim

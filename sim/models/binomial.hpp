#pragma once

#include <cmath>
#include <span>
#include <vector>

#include "base/expects.hpp"
#include "sim/math/log_gamma.hpp"
#include "sim/models/interface/law_of_estimate.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/totals.hpp"
#include "sim/variates/binomial.hpp"

namespace fisherlab::sim {

/// Binomial law with a known number of trials N, theta = (p), 0 < p < 1:
///   log p(x; theta) = log C(N, x) + x log p + (N - x) log(1 - p),   x = 0 ... N.
/// Information of one observation: N/(p (1 - p)).
/// Derivation: score = (x - N p)/(p (1 - p)), hessian = -x/p^2 - (N - x)/(1 - p)^2, E x = N p.
struct Binomial {
  static constexpr std::size_t parameter_count = 1;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;
  double trials = 1.0;

  static ModelCard card() {
    return {.name = "binomial",
            .title = "Binomial (probability of success; trials known)",
            .parameters = {"p"},
            .domains = {Domain::unit},
            .constants = {"trials"},
            .formula = "log p = log C(trials, x) + x log p + (trials - x) log(1 - p)",
            .support = "x = 0, 1 ... trials",
            .ranges = {Range::counts},
            .information = "trials/(p (1 - p))",
            .estimate = "the mean over trials, in closed form; 0 and 1 are estimates with standard error 0",
            .hypotheses =
                "meets all; every moment of the estimate exists, and its mean is p; it lies on the lattice "
                "k/(n trials)",
            .source = "derived in sim/models/binomial.hpp"};
  }
  static Binomial with_constants(std::span<double const> c) {
    expects(c[0] >= 1 && c[0] <= 1e6 && c[0] == std::floor(c[0]),
            "binomial needs a whole number of trials from 1 to 1,000,000, set trials");
    return {c[0]};
  }
  std::vector<double> constants() const { return {trials}; }

  bool in_space(Theta<double, 1> const& t) const { return t[0] > 0 && t[0] < 1; }
  bool in_support(double const* x) const { return *x >= 0 && *x <= trials && *x == std::floor(*x); }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 1> const& t) const {
    return log_probability(x, log(t[0]), log1p(-t[0])) - lgamma(x + 1.0) - lgamma((trials - x) + 1.0) +
           lgamma(trials + 1.0);
  }
  template <class Real>
  Theta<Real, 1> score(Real const& x, Theta<Real, 1> const& t) const {
    return {(x - trials * t[0]) / (t[0] * (1.0 - t[0]))};
  }
  template <class Real>
  Symmetric<Real, 1> hessian(Real const& x, Theta<Real, 1> const& t) const {
    Real const failure = 1.0 - t[0];
    return {-x / (t[0] * t[0]) - (trials - x) / (failure * failure)};
  }
  template <class Real>
  Symmetric<Real, 1> information(Theta<Real, 1> const& t) const {
    return {trials / (t[0] * (1.0 - t[0]))};
  }

  bool fills_in_tiles(Theta<double, 1> const&) const { return true; }
  void fill(Theta<double, 1> const& t, LaneStream& stream, Sample& sample) const {
    BinomialSampler(trials, t[0]).fill(stream, sample.data(), sample.n());
  }
  template <class Real>
  Real mean(Theta<Real, 1> const& t) const {
    return trials * t[0];
  }
  template <class Real>
  Real variance(Theta<Real, 1> const& t) const {
    return trials * t[0] * (1.0 - t[0]);
  }
  /// P(X > c), the sum of the probabilities beyond c.
  template <class Real>
  Real tail(double c, Theta<Real, 1> const& t) const {
    Real sum = 0.0;
    for (double k = std::fmax(std::floor(c) + 1.0, 0.0); k <= trials; ++k) sum = sum + exp(log_density(Real(k), t));
    return sum;
  }

  /// From the sum of the sample; only the binomial coefficients need each observation.
  FISHERLAB_API Lanes sums(Sample const& sample, Theta<Lanes, 1> const& t, Theta<Lanes, 1>& score,
                           Symmetric<Lanes, 1>& hessian) const;
  SampleTotal totals() const { return {}; }
  LaneSet fit(SampleTotal const& total, Theta<Lanes, 1>& theta) const {
    theta = {total.mean() / trials};
    return all_lanes;
  }
  LaneSet fit(Sample const& sample, Theta<Lanes, 1>& theta) const { return fit(gathered(totals(), sample), theta); }
  template <class Real>
  Theta<Real, 1> mean_of_estimate(Theta<Real, 1> const& t, double) const {
    return t;
  }
  /// The share of successes, by the completeness of their number.
  LaneSet best_unbiased(Sample const& sample, Theta<Lanes, 1>& theta) const { return fit(sample, theta); }
  /// P(X_1 > c | sum = s), where X_1 is hypergeometric: C(N, k) C((n - 1) N, s - k)/C(n N, s).
  FISHERLAB_API LaneSet best_unbiased_tail(double c, Sample const& sample, Lanes& value) const;
  double trial_count() const { return trials; }
  /// By the binomial law of the number of successes in n N trials.
  FISHERLAB_API CountedEstimate law_of_estimate(Theta<double, 1> const& t, std::size_t, std::int64_t n) const;

 private:
  /// x log p + (N - x) log(1 - p) with 0 log 0 = 0, as an estimate of 0 or 1 needs.
  template <class Real>
  Real log_probability(Real const& x, Real const& log_p, Real const& log_q) const {
    Real const failures = trials - x;
    return select(x > Real(0.0), x * log_p, Real(0.0)) + select(failures > Real(0.0), failures * log_q, Real(0.0));
  }
};
static_assert(RegularModel<Binomial>);

}  // namespace fisherlab::sim

#include "sim/models/binomial.hpp"

#include "sim/models/interface/instantiate.hpp"
#include "sim/models/parts/exact_laws.hpp"
#include "sim/order_statistics.hpp"

namespace fisherlab::sim {
namespace {

/// log C(a, b) for 0 <= b <= a.
Lanes log_choose(double a, Lanes const& b) { return lgamma(a + 1.0) - lgamma(b + 1.0) - lgamma((a - b) + 1.0); }

}  // namespace

Lanes Binomial::sums(Sample const& sample, Theta<Lanes, 1> const& t, Theta<Lanes, 1>& score,
                     Symmetric<Lanes, 1>& hessian) const {
  double const all = static_cast<double>(sample.n()) * trials;
  Lanes successes = 0.0;
  Lanes coefficients = 0.0;
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    successes += sample(i);
    coefficients += log_choose(trials, sample(i));
  }
  Lanes const q = 1.0 - t[0];
  Lanes const failures = all - successes;
  score = {(successes - all * t[0]) / (t[0] * q)};
  hessian = {-successes / (t[0] * t[0]) - failures / (q * q)};
  return coefficients + select(successes > Lanes(0.0), successes * log(t[0]), Lanes(0.0)) +
         select(failures > Lanes(0.0), failures * log1p(-t[0]), Lanes(0.0));
}

LaneSet Binomial::best_unbiased_tail(double c, Sample const& sample, Lanes& value) const {
  auto const n = static_cast<double>(sample.n());
  Lanes const sum = round_to_integer(n * sample_mean(sample));
  Lanes const whole = log_choose(n * trials, sum);
  double const others = (n - 1.0) * trials;
  value = 0.0;
  for (double k = std::fmax(std::floor(c) + 1.0, 0.0); k <= trials; ++k) {
    Lanes const rest = sum - k;
    LaneMask const possible = (rest >= Lanes(0.0)) & (rest <= Lanes(others));
    Lanes const log_share = log_choose(trials, k) + log_choose(others, select(possible, rest, Lanes(0.0))) - whole;
    value += select(possible, exp(log_share), Lanes(0.0));
  }
  return all_lanes;
}

CountedEstimate Binomial::law_of_estimate(Theta<double, 1> const& t, std::size_t, std::int64_t n) const {
  return share_of_successes({static_cast<double>(n) * trials, t[0]});
}

template AnyModel make<Binomial>(std::span<double const>);

}  // namespace fisherlab::sim

#include "sim/models/parts/exact_laws.hpp"

#include <cmath>

#include "base/special/distributions.hpp"

namespace fisherlab::sim {

double last_count(CountSpread const& spread) { return spread.mean + 40 * spread.sd + 100; }

CountedEstimate share_of_successes(TrialsOf const& of) {
  double const trials = of.trials, p = of.p;
  return {.last = trials,
          .probability =
              [=](double k) {
                return probability(BinomialLaw{trials, p}, k);
              },
          .outcome =
              [=](double k) {
                double const estimate = k / trials;
                return CountedEstimate::Outcome{estimate, std::sqrt(estimate * (1 - estimate) / trials),
                                                (estimate - p) / std::sqrt(p * (1 - p) / trials)};
              }};
}

ScaledEstimate gamma_scaled(double n, GammaPower const& law) {
  return {.cdf = [n](double g) { return gamma_cdf(g, Shape{n}); }, .mean = n, .power = law.power, .v = law.v};
}

}  // namespace fisherlab::sim

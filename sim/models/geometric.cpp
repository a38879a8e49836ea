#include "sim/models/geometric.hpp"

#include "base/special/distributions.hpp"
#include "sim/models/interface/instantiate.hpp"
#include "sim/models/parts/exact_laws.hpp"

namespace fisherlab::sim {

LaneSet Geometric::best_unbiased_tail(double c, Sample const& sample, Lanes& value) const {
  auto const n = static_cast<double>(sample.n());
  Lanes const sum = round_to_integer(n * sample_mean(sample));
  value = 1.0;
  for (double j = 0; j <= c; ++j) {
    LaneMask const left = sum > Lanes(j);
    value = select(left, value * (sum - j) / (sum + (n - 1.0 - j)), Lanes(0.0));
    if (!any(left)) break;
  }
  return all_lanes;
}

CountedEstimate Geometric::law_of_estimate(Theta<double, 1> const& t, std::size_t, std::int64_t count) const {
  double const p = t[0];
  auto const n = static_cast<double>(count);
  return {.last = last_count({n * (1 - p) / p, std::sqrt(n * (1 - p)) / p}),
          .probability =
              [=](double k) {
                return probability(FailuresLaw{n, p}, k);
              },
          .outcome =
              [=](double k) {
                double const estimate = n / (n + k);
                return CountedEstimate::Outcome{estimate, estimate * std::sqrt((1 - estimate) / n),
                                                (n * (1 - p) - k * p) / std::sqrt(n * (1 - p))};
              }};
}

template AnyModel make<Geometric>(std::span<double const>);

}  // namespace fisherlab::sim

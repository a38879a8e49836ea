#include "sim/models/poisson.hpp"

#include "base/special/distributions.hpp"
#include "sim/models/interface/instantiate.hpp"
#include "sim/models/parts/exact_laws.hpp"

namespace fisherlab::sim {
LaneSet Poisson::best_unbiased_tail(double c, Sample const& sample, Lanes& value) const {
  auto const n = static_cast<double>(sample.n());
  if (n == 1) {
    value = select(sample(0) > Lanes(c), Lanes(1.0), Lanes(0.0));
    return all_lanes;
  }
  Lanes total = 0.0;
  for (std::int64_t i = 0; i < sample.n(); ++i) total += sample(i);
  for (int lane = 0; lane < lane_count; ++lane) {
    double const size = total[lane];
    value.set(lane, count_tail<double>(c, size, [&](double j) { return (size - j) / ((j + 1) * (n - 1)); }));
  }
  return all_lanes;
}

CountedEstimate Poisson::law_of_estimate(Theta<double, 1> const& t, std::size_t, std::int64_t count) const {
  double const mean = t[0];
  auto const n = static_cast<double>(count);
  return {
      .last = last_count({n * mean, std::sqrt(n * mean)}),
      .probability = [=](double k) { return probability(PoissonLaw{n * mean}, k); },
      .outcome =
          [=](double k) {
            double const estimate = k / n;
            return CountedEstimate::Outcome{estimate, std::sqrt(estimate / n), (estimate - mean) / std::sqrt(mean / n)};
          }};
}

template AnyModel make<Poisson>(std::span<double const>);

}  // namespace fisherlab::sim

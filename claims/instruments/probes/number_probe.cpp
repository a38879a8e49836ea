#include "claims/instruments/probes/number_probe.hpp"

#include <array>
#include <utility>

#include "claims/evidence/mean.hpp"
#include "claims/instruments/probes/tally_view.hpp"

namespace fisherlab::claims {

Probe number_probe(std::size_t scenario, int count, estimators::AnyEstimator estimator, Numbers numbers) {
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = count;
  probe.shape.powers = {sim::power_block(0, count)};
  probe.estimator = std::move(estimator);
  probe.observe = [numbers = std::move(numbers)](Batch const& batch, sim::Observed& out) {
    numbers(batch, out.values.data(), out);
  };
  return probe;
}

void add_mean(Sampled& question, std::size_t scenario, std::string statistic, Region const& region,
              estimators::AnyEstimator estimator, Numbers number) {
  question.probes.push_back(number_probe(scenario, 1, std::move(estimator), std::move(number)));
  add_finding(question, question.probes.size() - 1, std::move(statistic), region,
              [](sim::Tally const& tally, double alpha) { return mean_interval(sample_moments(tally, 0), alpha); });
}

PairMoments pair_moments(sim::Tally const& tally) {
  auto const mean = mean_of(tally, 0, 2);
  auto const covariance = covariance_of(tally, 0, 2);
  auto const& powers = tally.powers.front();
  return {
      mean(0), mean(1), covariance(0, 0), covariance(1, 1), covariance(0, 1), tally.count, [mean, powers](double rho) {
        std::array<double, 2> const u = {1, -rho};
        return sample_moments_of(mean(0) - rho * mean(1), powers.along(u).data(), powers.count);
      }};
}

}  // namespace fisherlab::claims

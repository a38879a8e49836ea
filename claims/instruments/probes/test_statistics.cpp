#include "claims/instruments/probes/test_statistics.hpp"

#include <cstddef>
#include <vector>

#include "claims/instruments/maps/whitening.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/models/interface/unwrapped.hpp"

namespace fisherlab::claims {

using sim::Lanes;

TestStatistic likelihood_ratio(Law const& law) {
  return [model = law.model, truth = std::vector<Lanes>(law.theta.begin(), law.theta.end())](Batch const& batch) {
    Lanes const best = model->log_likelihood(batch.sample, batch.estimates->value.data());
    return 2.0 * (best - model->log_likelihood(batch.sample, truth.data()));
  };
}

TestStatistic score_statistic(Law const& law) {
  return [p = law.theta.size(), whitening = score_whitening(law)](Batch const& batch) {
    std::vector<Lanes> v(p);
    whitening.apply(batch.scores.score.data(), v.data());
    Lanes sum = 0.0;
    for (auto const& entry : v) sum += entry * entry;
    return sum / static_cast<double>(batch.scenario.n);
  };
}

TestStatistic wald_statistic(Law const& law) {
  return [law](Batch const& batch) {
    auto const p = law.theta.size();
    auto const& domains = law.model->card().domains;
    std::vector<Lanes> information(sim::packed_size(p)), error(p);
    law.model->information(batch.estimates->value.data(), information.data());
    for (std::size_t a = 0; a < p; ++a)
      error[a] = sim::unwrapped(domains[a], batch.estimates->value[a], law.theta[a]) - law.theta[a];
    Lanes sum = 0.0;
    for (std::size_t a = 0; a < p; ++a)
      for (std::size_t b = 0; b < p; ++b) sum += error[a] * information[sim::packed_index(a, b)] * error[b];
    return static_cast<double>(batch.scenario.n) * sum;
  };
}

}  // namespace fisherlab::claims

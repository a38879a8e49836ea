#include <cmath>
#include <vector>

#include "claims/asking.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/instruments/common_probes.hpp"
#include "claims/instruments/moments.hpp"
#include "claims/instruments/tally_view.hpp"
#include "claims/instruments/whitening.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/error.hpp"

namespace fisherlab::claims {
namespace {

/// Folds n |B^-1/2 (t - g)|^2/r, the squared error in units of what the bound allows.
Probe square_probe(Law const& law, std::size_t scenario, estimators::AnyEstimator const& estimator) {
  auto const target = estimator->target(law.theta);
  auto const r = target.value.size();
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = 1;
  probe.shape.powers = {sim::power_block(0, 1)};
  probe.estimator = estimator;
  probe.observe = [r, error_of = estimators::EstimationError(*estimator, target.value),
                   whitening = error_whitening(law, target)](Batch const& batch, sim::Observed& out) {
    std::vector<sim::Lanes> error(r), w(r);
    for (std::size_t a = 0; a < r; ++a) error[a] = error_of(*batch.estimates, a);
    whitening.apply(error.data(), w.data());
    sim::Lanes sum = 0.0;
    for (auto const& entry : w) sum += entry * entry;
    out.values[0] = (static_cast<double>(batch.scenario.n) / static_cast<double>(r)) * sum;
  };
  return probe;
}

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const estimator = estimator_of(the_case);
  add_scenarios(the_case, question);
  std::vector<std::size_t> probes;
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    auto const n = question.scenarios[k].n;
    expects_moment(law, *estimator, n, moments_of_variance_interval);
    question.probes.push_back(square_probe(law, k, estimator));
    probes.push_back(k);
  }
  Limit const limit{.statistic = "mean square error in units of I^-1, " + estimator->name(),
                    .rate = expected_rate(the_case),
                    .margin = number_option(the_case, "margin")};
  add_limit_of_n(question, probes, limit, [](sim::Tally const& tally, double n, double alpha) {
    return scaled(mean_interval(sample_moments(tally, 0), alpha), 1 / n);
  });
}

}  // namespace

Claim consistency() {
  return {{.id = "consistency",
           .statement = "section 6.2",
           .title = "The estimate tends to the truth: its mean square error falls as 1/n",
           .formula = "E|I^1/2 (theta_hat - theta)|^2/p -> 0 as 1/n",
           .evidence = "the mean square error in units of I^-1, averaged over components; Student interval; its rate "
                       "over n",
           .null_law = null_law::student,
           .margin = "0.01 at the largest n: a root mean square error of a tenth of what one observation leaves",
           .control = "Neyman and Scott's variance with two observations a stratum, which tends to half the truth",
           .options = {margin_option("0.01"), rate_option("1")},
           .estimator = "mle",
           .source = "the notes, section 6.2; Neyman and Scott (1948), Econometrica 16, 1-32, for the control"},
          &ask};
}

}  // namespace fisherlab::claims

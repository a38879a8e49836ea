#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/statistics/proportion.hpp"
#include "claims/asking.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/mle.hpp"

namespace fisherlab::claims {
namespace {

/// Counts the samples on which the two differ by more than `within` standard errors, or one alone has an estimate.
Probe difference_probe(Case const& the_case, std::size_t scenario, estimators::AnyEstimator const& estimator,
                       double within) {
  auto const& law = the_case.setting.model;
  auto const target = estimators::identity_target(law.theta);
  std::vector<double> reach;
  for (std::size_t a = 0; a < law.theta.size(); ++a)
    reach.push_back(within *
                    std::sqrt(component_bound(law, target, a) / static_cast<double>(the_case.sizes[scenario])));
  Probe probe;
  probe.scenario = scenario;
  probe.shape.successes = 1;
  probe.estimator = estimator;
  probe.observe = [reach, mle = estimators::make_mle(law.model)](Batch const& batch, sim::Observed& out) {
    estimators::Estimates ours;
    mle->estimate(batch.sample, ours);
    sim::LaneSet same = sim::all_lanes;
    for (std::size_t a = 0; a < reach.size(); ++a)
      same = static_cast<sim::LaneSet>(same &
                                       to_set(abs(batch.estimates->value[a] - ours.value[a]) <= sim::Lanes(reach[a])));
    auto const both = static_cast<sim::LaneSet>(batch.estimates->found & ours.found);
    auto const neither = static_cast<sim::LaneSet>(~(batch.estimates->found | ours.found));
    out.used = batch.drawn;
    out.dropped = 0;
    out.successes[0] = static_cast<sim::LaneSet>(batch.drawn & ~((both & same) | neither));
  };
  return probe;
}

void ask(Case const& the_case, Sampled& question) {
  auto const estimator = estimator_of(the_case);
  auto const& card = the_case.setting.model.model->card();
  expects(estimator->components() == card.parameters,
          "same-estimate holds estimates of theta against the maximum, and " + estimator->name() +
              " estimates a function of it; name another estimator");
  double const within = number_option(the_case, "within"), most = number_option(the_case, "margin");
  expects(within > 0, "option within is not above 0 (no two programs round alike), set a larger one");
  add_scenarios(the_case, question);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    question.probes.push_back(difference_probe(the_case, k, estimator, within));
    add_finding(question, question.probes.size() - 1,
                "share of samples on which " + estimator->name() + " is not the maximum",
                {RegionKind::at_most, 0, most, {}}, [](sim::Tally const& tally, double alpha) {
                  return proportion_interval({tally.successes[0], tally.count, 0}, alpha);
                });
  }
}

}  // namespace

Claim same_estimate() {
  return {{.id = "same-estimate",
           .statement = "beyond 6.2",
           .title = "An estimator is the maximum of the likelihood, sample by sample",
           .formula = "|t - theta_hat| <= c (B/n)^1/2",
           .evidence = "the share of samples on which the two differ by more than `within` standard errors in some "
                       "component, or one alone has an estimate (Clopper-Pearson), at each n",
           .null_law = null_law::binomial,
           .margin = "0.01 of the samples",
           .control = "one step of scoring, which is near the maximum and not there",
           .options =
               {margin_option("0.01"),
                {"within", "the largest difference, in standard errors by the information at the truth", "0.01", {}}},
           .estimator = "",
           .source = "elementary"},
          &ask,
          true};
}

}  // namespace fisherlab::claims

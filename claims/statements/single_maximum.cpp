#include "base/expects.hpp"
#include "base/statistics/proportion.hpp"
#include "claims/asking.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  int const starts = law.model->offers().start_count;
  expects(starts > 1, "single-maximum compares the fits from several starting values, and " + law.model->card().name +
                          " has one; choose another model");
  auto const mle = estimator_of(the_case);
  add_scenarios(the_case, question);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    Probe probe;
    probe.scenario = k;
    probe.shape.successes = 1;
    probe.estimator = mle;
    probe.observe = [](Batch const& batch, sim::Observed& out) { out.successes[0] = batch.estimates->several; };
    question.probes.push_back(std::move(probe));
    add_finding(
        question, k,
        "share of replicates in which one of " + std::to_string(starts) + " starting values ends at a lower maximum",
        {RegionKind::at_most, 0.0, number_option(the_case, "margin")}, [](sim::Tally const& tally, double alpha) {
          return proportion_interval({tally.successes[0], tally.count, tally.dropped}, alpha);
        });
  }
}

}  // namespace

Claim single_maximum() {
  return {{.id = "single-maximum",
           .statement = "suite",
           .title = "All starting values of a fit lead to one maximum of the likelihood",
           .formula = "the highest maximum found is the only one",
           .evidence = "the share of replicates whose starting values end at heights more than 1e-6 apart "
                       "(Clopper-Pearson, failed fits counted both ways)",
           .null_law = null_law::binomial,
           .margin = "0.001: one fit in a thousand would differ for a user with another starting value",
           .control = "a mixture of two normal laws, whose likelihood has several maxima",
           .options = {margin_option("0.001")},
           .source = "a check of the suite itself; Copas (1975), Biometrika 62, 701-704, for the Cauchy law",
           .hypotheses = "What the fit needs: a likelihood with one maximum, found from every start."},
          &ask,
          true};
}

}  // namespace fisherlab::claims

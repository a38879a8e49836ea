#include <string>
#include <utility>

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
  auto const estimator = estimator_of(the_case);
  double const most = number_option(the_case, "margin");
  expects(most < 1, "option margin is not below 1 (it is the largest share of failed fits), set a smaller one");
  add_scenarios(the_case, question);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    Probe probe;
    probe.scenario = k;
    probe.shape.successes = 1;
    probe.estimator = estimator;
    probe.observe = [](Batch const&, sim::Observed& out) {
      out.successes[0] = out.dropped;
      out.used = static_cast<sim::LaneSet>(out.used | out.dropped);  // a failure is what is counted
      out.dropped = 0;
    };
    question.probes.push_back(std::move(probe));
    add_finding(question, question.probes.size() - 1, "share of failed fits of " + estimator->name(),
                {RegionKind::at_most, 0, most, {}}, [](sim::Tally const& tally, double alpha) {
                  return proportion_interval({tally.successes[0], tally.count, 0}, alpha);
                });
  }
}

}  // namespace

Claim failed_fits() {
  return {{.id = "failed-fits",
           .statement = "beyond 6.2",
           .title = "Fits hardly ever fail",
           .formula = "P(no estimate) <= margin",
           .evidence = "the share of replicates without an estimate (Clopper-Pearson), at each n",
           .null_law = null_law::binomial,
           .margin = "0.001: a thousandth of failed fits moves a coverage by at most a tenth of a point",
           .control = "a negative binomial sample whose variance is below its mean has no maximum",
           .options = {margin_option("0.001")},
           .estimator = "mle",
           .source = "elementary"},
          &ask,
          true};
}

}  // namespace fisherlab::claims

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/statistics/proportion.hpp"
#include "base/text/number.hpp"
#include "claims/asking.hpp"
#include "claims/instruments/common_probes.hpp"
#include "claims/instruments/exact_coverage.hpp"
#include "claims/instruments/interval_pictures.hpp"
#include "claims/instruments/intervals.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

/// Counts the replicates whose interval for component `a` holds the truth.
Probe coverage_probe(Law const& law, std::size_t scenario, estimators::AnyEstimator const& mle, std::size_t a,
                     IntervalKind const& kind, double z) {
  Probe probe;
  probe.scenario = scenario;
  probe.shape.successes = 1;
  probe.estimator = mle;
  probe.observe = [a, truth = law.theta[a], kind, z](Batch const& batch, sim::Observed& out) {
    out.successes[0] = held_by(kind, batch, a, truth, z);
  };
  return probe;
}

Interval coverage_interval(sim::Tally const& tally, double alpha) {
  return proportion_interval({tally.successes[0], tally.count, tally.dropped}, alpha);
}

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const& parameters = law.model->card().parameters;
  auto const mle = estimator_of(the_case);
  IntervalKind const kind{interval_method(text_option(the_case, "interval")), scale_of(text_option(the_case, "scale"))};
  double const level = number_option(the_case, "level");
  double const z = critical_value(level);
  auto const wanted = text_option(the_case, "component");
  expects(wanted == "all" || std::find(parameters.begin(), parameters.end(), wanted) != parameters.end(),
          "option component cannot be '" + wanted + "', name a parameter of " + law.model->card().name + " or all");
  auto const against = text_option(the_case, "against");
  double const margin = number_option(the_case, "margin");
  auto const name = interval_name(kind) + " " + exact_text(std::round(1e8 * level) / 1e6) + " % interval for ";
  add_scenarios(the_case, question);
  std::vector<CountedComponent> counted;
  for (std::size_t a = 0; a < parameters.size(); ++a) {
    if (wanted != "all" && wanted != parameters[a]) continue;
    expects_interval(law, a, kind);
    std::vector<std::size_t> probes;
    for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
      probes.push_back(question.probes.size());
      question.probes.push_back(coverage_probe(law, k, mle, a, kind, z));
    }
    counted.push_back({a, probes});
    if (against == "exact") {
      for (auto const probe : probes) {
        auto const n = question.scenarios[question.probes[probe].scenario].n;
        auto const exact = exact_coverage(law, a, n, kind, z);
        expects(exact.has_value(), "the exact coverage of this interval is not known for " + law.model->card().name +
                                       ", set against = \"nominal\"");
        add_finding(question, probe, "coverage of the " + name + parameters[a], {RegionKind::equal, *exact, margin},
                    coverage_interval);
      }
      continue;
    }
    Limit const limit{.statistic = "distance of the coverage of the " + name + parameters[a] + " from nominal",
                      .rate = expected_rate(the_case),
                      .margin = margin};
    add_limit(question, probes, limit, [level](sim::Tally const& tally, double alpha) {
      return distance_from(coverage_interval(tally, alpha), level);
    });
  }
  add_interval_pictures(question, mle, counted, kind, level);
}

}  // namespace

Claim coverage() {
  return {{.id = "coverage",
           .statement = "Example 2",
           .title = "Intervals hold the truth as often as they say",
           .formula = "P(interval holds theta) -> level",
           .evidence = "the share of replicates whose interval holds the truth "
                       "(Clopper-Pearson, failed fits counted both "
                       "ways); its distance from nominal and the rate over n, or "
                       "the exact coverage where it is known",
           .null_law = null_law::binomial,
           .margin = "0.01: one point in a hundred, as between a 95 % and a 94 % "
                     "interval",
           .control = "Wald for a binomial near 0, whose coverage jumps far below "
                      "nominal; Wald on the wrong scale at small n",
           .options = {margin_option("0.01"),
                       {"interval",
                        "by what it is made; the last two for a probability",
                        "wald",
                        {"wald", "wald-observed", "score", "likelihood-ratio", "wilson", "agresti-coull"}},
                       {"scale",
                        "on which a Wald interval is symmetric",
                        "identity",
                        {"identity", "log", "logit", "sqrt", "reciprocal", "cube-root", "square"}},
                       {"level", "of the interval", "0.95", {}},
                       {"component", "a parameter, or all", "all", {}},
                       {"against",
                        "the claimed coverage: the level in the limit, or the exact one at each n",
                        "nominal",
                        {"nominal", "exact"}},
                       rate_option("1")},
           .source = "the notes, after Example 2; Brown, Cai and DasGupta (2001), "
                     "Statistical Science 16, for the binomial"},
          &ask};
}

}  // namespace fisherlab::claims

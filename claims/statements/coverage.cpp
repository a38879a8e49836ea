#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/statistics/proportion.hpp"
#include "base/text/number.hpp"
#include "claims/asking.hpp"
#include "claims/instruments/exact/exact_coverage.hpp"
#include "claims/instruments/exact/exact_resampled_coverage.hpp"
#include "claims/instruments/pictures/interval_pictures.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/controlled_grid.hpp"
#include "claims/instruments/probes/intervals.hpp"
#include "claims/instruments/probes/resampled_intervals.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

/// What a case asks of coverage.
struct Wanted {
  IntervalKind kind;
  double level = 0;
  double z = 0;  ///< critical value of the level
  bool exact = false;
  double margin = 0;
  std::optional<double> rate;
  std::vector<std::size_t> components;
};

/// Tells which intervals for component `a` hold the truth.
using HeldOf = std::function<Holding(Batch const&)>;
HeldOf held_of(Wanted const& wanted, estimators::AnyEstimator const& mle, std::size_t a, double truth) {
  if (is_resampled(wanted.kind.method))
    return [kind = wanted.kind, mle, a, truth, alpha = 1 - wanted.level](Batch const& batch) {
      return held_by_resamples(kind, *mle, batch, a, truth, alpha);
    };
  return [kind = wanted.kind, a, truth, z = wanted.z](Batch const& batch) { return held_by(kind, batch, a, truth, z); };
}

/// Counts the replicates whose interval holds the truth; one whose interval was not found is dropped.
Probe coverage_probe(std::size_t scenario, estimators::AnyEstimator const& mle, HeldOf const& held_of_batch) {
  Probe probe;
  probe.scenario = scenario;
  probe.shape.successes = 1;
  probe.estimator = mle;
  probe.observe = [held_of_batch](Batch const& batch, sim::Observed& out) {
    auto const [held, known] = held_of_batch(batch);
    drop_unknown(known, out);
    out.successes[0] = held;
  };
  return probe;
}

Interval coverage_interval(sim::Tally const& tally, double alpha) {
  return proportion_interval({tally.successes[0], tally.count, tally.dropped}, alpha);
}

/// The option `component`: a parameter, or all.
std::vector<std::size_t> wanted_components(Case const& the_case) {
  auto const& card = the_case.setting.model.model->card();
  auto const wanted = text_option(the_case, "component");
  std::vector<std::size_t> components;
  for (std::size_t a = 0; a < card.parameters.size(); ++a)
    if (wanted == "all" || wanted == card.parameters[a]) components.push_back(a);
  expects(!components.empty(),
          "option component cannot be '" + wanted + "', name a parameter of " + card.name + " or all");
  return components;
}

Wanted wanted_of(Case const& the_case) {
  Wanted wanted;
  wanted.kind = {interval_method(text_option(the_case, "interval")), scale_of(text_option(the_case, "scale"))};
  wanted.kind.resamples = count_option(the_case.options, "resamples", 2, 100'000);
  wanted.level = number_option(the_case, "level");
  wanted.z = critical_value(wanted.level);
  wanted.exact = text_option(the_case, "against") == "exact";
  bool const own_margin = !text_option(the_case, "margin").empty();
  wanted.margin = own_margin ? number_option(the_case, "margin") : wanted.exact ? 0.002 : 0.01;
  wanted.components = wanted_components(the_case);
  if (!wanted.exact) wanted.rate = expected_rate(the_case);
  for (auto const a : wanted.components) expects_interval(the_case.setting.model, a, wanted.kind);
  if (is_resampled(wanted.kind.method)) ranks_of(wanted.kind.resamples, 1 - wanted.level);  // refused when asked
  return wanted;
}

/// One finding for each probe: its coverage is the exact one at its n.
void add_exact_findings(Sampled& question, CountedComponent const& counted, Wanted const& wanted,
                        std::string const& interval) {
  auto const& law = question.setting.model;
  for (auto const probe : counted.probes) {
    auto const n = question.scenarios[question.probes[probe].scenario].n;
    auto const exact = is_resampled(wanted.kind.method)
                           ? exact_resampled_coverage(law, counted.component, n, wanted.kind, 1 - wanted.level)
                           : exact_coverage(law, counted.component, n, wanted.kind, wanted.z);
    expects(exact.has_value(), "the exact coverage of this interval is not known for " + law.model->card().name +
                                   ", set against = \"nominal\"");
    add_finding(question, probe, "coverage of the " + interval, exactly(RegionKind::equal, *exact, wanted.margin),
                coverage_interval);
  }
}

void add_limit_findings(Sampled& question, CountedComponent const& counted, Wanted const& wanted,
                        std::string const& interval) {
  Limit const limit{.statistic = "distance of the coverage of the " + interval + " from nominal",
                    .rate = wanted.rate,
                    .margin = wanted.margin};
  add_limit(question, counted.probes, limit, [level = wanted.level](sim::Tally const& tally, double alpha) {
    return distance_from(coverage_interval(tally, alpha), level);
  });
}

/// Whether every coordinate of an observation is a count.
bool is_lattice(Law const& law) {
  auto const& ranges = law.model->card().ranges;
  return !ranges.empty() &&
         std::all_of(ranges.begin(), ranges.end(), [](sim::Range range) { return range == sim::Range::counts; });
}

/// The coverage itself, extrapolated with control variates, where the case gives a limit-margin.
void add_extrapolated_coverage(Case const& the_case, Sampled& question, HeldOf const& held_of_batch,
                               Wanted const& wanted, std::string const& interval) {
  if (text_option(the_case, "limit-margin").empty()) return;
  auto const& law = the_case.setting.model;
  expects(!is_lattice(law), "the coverage of " + law.model->card().name +
                                " has no series in 1/n (it oscillates, for the estimate lives on a lattice), leave "
                                "limit-margin out");
  expects(the_case.sizes.size() >= 5 && wanted.rate == 1.0,
          "a limit-margin of coverage needs five sample sizes and rate = 1 (four coefficients are fitted), give a "
          "longer grid n or leave limit-margin out");
  auto const observe = [held_of_batch](Batch const& batch, sim::Observed& out) {
    auto const [held, known] = held_of_batch(batch);
    drop_unknown(known, out);
    out.values[0] = select(sim::to_mask(held), sim::Lanes(1.0), sim::Lanes(0.0));
  };
  ControlledGrid const grid(the_case, question, mean_of_number(estimator_of(the_case), observe));
  add_series_limit(question, grid,
                   {"limit of the coverage of the " + interval,
                    {RegionKind::equal, wanted.level, limit_margin(the_case), {}},
                    &first_entry});
}

/// Another estimator than maximum likelihood has the Wald interval of the standard errors that it reports, and no
/// other.
void expects_own_interval(Case const& the_case, estimators::Estimator const& estimator, Wanted const& wanted) {
  auto const& name = estimator.name();
  expects(estimator.reports_std_errors() && estimator.components() == the_case.setting.model.model->card().parameters,
          name + " reports no standard errors of theta, so it has no interval; leave estimator out or name another");
  expects(wanted.kind.method == IntervalMethod::wald && !wanted.exact && text_option(the_case, "limit-margin").empty(),
          "the coverage of " + name +
              " is that of its Wald interval against the level, leave the options interval, "
              "against and limit-margin out");
}

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const mle = estimator_of(the_case);
  auto const wanted = wanted_of(the_case);
  bool const is_mle = mle->name() == "mle";
  if (!is_mle) expects_own_interval(the_case, *mle, wanted);
  auto const percent = exact_text(std::round(1e8 * wanted.level) / 1e6);
  add_scenarios(the_case, question);
  std::vector<CountedComponent> counted;
  for (auto const a : wanted.components) {
    CountedComponent component{a, {}};
    auto const held_of_batch = held_of(wanted, mle, a, law.theta[a]);
    for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
      component.probes.push_back(question.probes.size());
      question.probes.push_back(coverage_probe(k, mle, held_of_batch));
    }
    auto const interval = interval_name(wanted.kind) + " " + percent + " % interval for " +
                          law.model->card().parameters[a] + (is_mle ? "" : ", " + mle->name());
    if (wanted.exact)
      add_exact_findings(question, component, wanted, interval);
    else
      add_limit_findings(question, component, wanted, interval);
    add_extrapolated_coverage(the_case, question, held_of_batch, wanted, interval);
    counted.push_back(std::move(component));
  }
  if (is_mle && !is_resampled(wanted.kind.method))
    add_interval_pictures(question, mle, counted, wanted.kind, wanted.level);
}

}  // namespace

Claim coverage() {
  return {
      {.id = "coverage",
       .statement = "Example 2",
       .title = "Intervals hold the truth as often as they say",
       .formula = "P(interval holds theta) -> level",
       .evidence =
           "the share of replicates whose interval holds the truth (Clopper-Pearson, failed fits counted both "
           "ways); its distance from nominal and the rate over n, or the exact coverage where it is known; with a "
           "limit-margin the coverage itself, extrapolated with control variates",
       .null_law = null_law::binomial,
       .margin = "0.01 from nominal: one point in a hundred, as between a 95 % and a 94 % interval; 0.002 from the "
                 "exact value",
       .control =
           "Wald for a binomial near 0, whose coverage jumps far below nominal; Wald on the wrong scale at small n; "
           "percentiles of the resampled maximum of Uniform(0, theta), all of them below theta",
       .options =
           {margin_option(""),
            {"limit-margin", "how far from the level the extrapolated coverage may lie; not asked unless set", "", {}},
            {"interval",
             "by what it is made; wilson and agresti-coull for a probability, those after them by resampling", "wald",
             interval_names()},
            {"resamples", "of each sample, for intervals by resampling", "199", {}},
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
       .estimator = "mle",
       .source =
           "the notes, after Example 2; Brown, Cai and DasGupta (2001), Statistical Science 16, for the binomial; "
           "Efron (1987), J. Amer. Statist. Assoc. 82, 171-185, for resampling",
       .hypotheses = "A regular model, theta inside its space, independent observations; n large, unless the exact "
                     "coverage is claimed."},
      &ask};
}

}  // namespace fisherlab::claims

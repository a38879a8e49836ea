#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/tallied_measures.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/error.hpp"

namespace fisherlab::claims {
namespace {

/// Folds the error, its square and the squared standard error of each component, in units of the bound at n.
Probe std_error_probe(Case const& the_case, std::size_t scenario, estimators::AnyEstimator const& estimator) {
  auto const& law = the_case.setting.model;
  auto const target = estimator->target(law.theta);
  auto const r = target.value.size();
  std::vector<double> units;
  for (std::size_t a = 0; a < r; ++a)
    units.push_back(std::sqrt(component_bound(law, target, a) / static_cast<double>(the_case.sizes[scenario])));
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = measured_values * static_cast<int>(r);
  for (std::size_t a = 0; a < r; ++a)
    probe.shape.powers.push_back(sim::power_block(measured_values * static_cast<int>(a), measured_values));
  probe.estimator = estimator;
  probe.observe = [r, units, error_of = estimators::EstimationError(*estimator, target.value)](Batch const& batch,
                                                                                               sim::Observed& out) {
    for (std::size_t a = 0; a < r; ++a) {
      sim::Lanes const error = error_of(*batch.estimates, a) / units[a];
      sim::Lanes const se = batch.estimates->std_error[a] / units[a];
      sim::Lanes* const values = out.values.data() + measured_values * a;
      values[0] = error;
      values[1] = error * error;
      values[2] = se * se;
    }
  };
  return probe;
}

void ask(Case const& the_case, Sampled& question) {
  auto const estimator = estimator_of(the_case);
  expects(estimator->reports_std_errors(),
          estimator->name() + " reports no standard errors, name an estimator that does");
  add_scenarios(the_case, question);
  std::vector<std::size_t> probes;
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    expects_moment(the_case.setting, *estimator, the_case.sizes[k], moments_of_variance_interval);
    probes.push_back(question.probes.size());
    question.probes.push_back(std_error_probe(the_case, k, estimator));
  }
  auto const names = estimator->components();
  for (std::size_t a = 0; a < names.size(); ++a)
    add_limit(question, probes,
              {.statistic = "reported over real standard error of " + names[a] + ", less 1, " + estimator->name(),
               .rate = expected_rate(the_case),
               .margin = number_option(the_case, "margin")},
              [a](sim::Tally const& tally, double alpha) {
                if (tally.count < 2) return vacuous_interval();
                TalliedComponent const component{tally, measured_values * static_cast<int>(a), a, 1};
                return distance_from(std_error_ratio(component, alpha), 1);
              });
}

}  // namespace

Claim reported_std_errors() {
  return {
      {.id = "reported-std-errors",
       .statement = "after Example 2",
       .title = "The standard errors that fits report are those that the estimates have",
       .formula = "(E se^2 / Var t)^1/2 -> 1",
       .evidence = "the root of the mean squared standard error over the standard deviation of the estimates, each "
                   "component apart: an interval of the ratio of the two means from joint fourth moments, inverted; "
                   "the rate of its distance from 1 over n",
       .null_law = null_law::moments_of_squares,
       .margin = "0.03 at the largest n: less than what a divisor of n in place of n - 1 does at n = 15",
       .control = "standard errors from an information that is 10 % too large",
       .options = {margin_option("0.03"), rate_option("1")},
       .estimator = "mle",
       .source = "Morris, White and Crowther (2019), Statistics in Medicine 38, 2074-2102, table 6"},
      &ask,
      true};
}

}  // namespace fisherlab::claims

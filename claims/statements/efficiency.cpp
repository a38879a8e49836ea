#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/matrix.hpp"
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

/// Folds e = sqrt(n) (t_a - g_a)/sqrt(B_aa), the error of one component in units of its bound, and e^2.
Probe component_probe(Law const& law, std::size_t scenario, estimators::AnyEstimator const& estimator, std::size_t a,
                      double bound) {
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = 2;
  probe.shape.powers = {sim::power_block(0, 1, 8)};
  probe.estimator = estimator;
  probe.observe = [a, bound, error_of = estimators::EstimationError(*estimator, estimator->target(law.theta).value)](
                      Batch const& batch, sim::Observed& out) {
    double const scale = std::sqrt(static_cast<double>(batch.scenario.n) / bound);
    out.values[0] = scale * error_of(*batch.estimates, a);
    out.values[1] = out.values[0] * out.values[0];
  };
  return probe;
}

/// The option `component`: one of the names, the first unless set.
std::string wanted_component(Case const& the_case, std::vector<std::string> const& names) {
  auto const wanted = text_option(the_case, "component");
  if (wanted.empty()) return names.front();
  std::string listed;
  for (auto const& name : names) listed += (listed.empty() ? "" : ", ") + name;
  expects(std::find(names.begin(), names.end(), wanted) != names.end(),
          "option component cannot be '" + wanted + "', choose one of: " + listed);
  return wanted;
}

void ask(Case const& the_case, Sampled& question) {
  auto const estimator = estimator_of(the_case);
  auto const& card = the_case.setting.model.model->card();
  expects(card.regularity == sim::Regularity::regular || estimator->name() != "mle" ||
              the_case.expected != Expectation::verified,
          "the efficiency of the mle needs a regular model, and " + card.name +
              " is outside the hypotheses; name another estimator or declare a control");
  auto const names = estimator->components();
  auto const wanted = wanted_component(the_case, names);
  auto const a = static_cast<std::size_t>(std::find(names.begin(), names.end(), wanted) - names.begin());
  double const limit_value = number_option(the_case, "limit");
  expects(limit_value > 0, "the limit of an efficiency is above 0, set another limit");
  auto const& law = the_case.setting.model;
  auto const bound = component_bound(law, estimator->target(law.theta), a);
  add_scenarios(the_case, question);
  std::vector<std::size_t> probes;
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    expects_moment(the_case.setting.model, *estimator, question.scenarios[k].n, moments_of_variance_interval);
    question.probes.push_back(component_probe(law, k, estimator, a, bound));
    probes.push_back(k);
  }
  Limit const limit{.statistic = "efficiency of " + estimator->name() + " for " + wanted + " less its limit",
                    .rate = expected_rate(the_case),
                    .margin = number_option(the_case, "margin")};
  add_limit(question, probes, limit, [limit_value](sim::Tally const& tally, double alpha) {
    auto const v = quadratic_form(Eigen::VectorXd::Ones(1), covariance_estimate(tally, 0, 1), alpha);
    return distance_from(inverse_of(v), limit_value);
  });
}

}  // namespace

Claim efficiency() {
  return {
      {.id = "efficiency",
       .statement = "section 6.4",
       .title = "The efficiency of an estimator reaches its limit: 1 for maximum likelihood",
       .formula = "bound/Var(t) -> 1 for the MLE, the known limit for its rivals",
       .evidence = "the bound of one component over its variance; the interval of the variance from fourth moments, "
                   "inverted; the rate of the distance to the limit over n",
       .null_law = null_law::moments_of_squares,
       .margin = "0.03: three per cent of variance, what 3 observations in 100 are worth",
       .control = "the method of moments claimed efficient",
       .options = {margin_option("0.03"),
                   rate_option("1"),
                   {"limit", "the claimed efficiency for large n", "1", {}},
                   {"component", "of the estimate; the first unless set", "", {}}},
       .estimator = "mle",
       .source = "the notes, end of section 6.4"},
      &ask,
      true};
}

}  // namespace fisherlab::claims

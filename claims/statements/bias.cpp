#include <cmath>
#include <vector>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/norm.hpp"
#include "claims/instruments/common_probes.hpp"
#include "claims/instruments/moments.hpp"
#include "claims/instruments/tally_view.hpp"
#include "claims/instruments/whitening.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/cox_snell.hpp"
#include "estimators/error.hpp"

namespace fisherlab::claims {
namespace {

using estimators::AnyEstimator;

/// n times the bias that the case claims at n.
std::vector<double> claimed_bias(std::string const& against, Law const& law, AnyEstimator const& estimator,
                                 std::int64_t n, std::vector<double> const& first_order) {
  if (against != "exact") return first_order;
  auto const mean = estimator->mean(law.theta, n);
  expects(mean.has_value(), "the exact mean of " + estimator->name() + " is not known for " + law.model->card().name +
                                ", set against = \"first-order\"");
  auto const target = estimator->target(law.theta);
  std::vector<double> bias;
  for (std::size_t a = 0; a < target.value.size(); ++a)
    bias.push_back(static_cast<double>(n) * (mean->value[a] - target.value[a]));
  return bias;
}

/// Folds sqrt(n) B^-1/2 (t - g - b/n), b the claimed bias times n.
Probe bias_probe(Law const& law, std::size_t scenario, AnyEstimator const& estimator, std::int64_t n,
                 std::vector<double> const& bias) {
  auto const target = estimator->target(law.theta);
  auto const r = target.value.size();
  std::vector<double> centre = target.value;
  for (std::size_t a = 0; a < r; ++a) centre[a] += bias[a] / static_cast<double>(n);
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = static_cast<int>(r);
  probe.shape.powers = {sim::power_block(0, static_cast<int>(r))};
  probe.estimator = estimator;
  probe.observe = [r, error_of = estimators::EstimationError(*estimator, centre),
                   whitening = error_whitening(law, target)](Batch const& batch, sim::Observed& out) {
    double const scale = std::sqrt(static_cast<double>(batch.scenario.n));
    std::vector<sim::Lanes> error(r);
    for (std::size_t a = 0; a < r; ++a) error[a] = scale * error_of(*batch.estimates, a);
    whitening.apply(error.data(), out.values.data());
  };
  return probe;
}

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const estimator = estimator_of(the_case);
  auto const against = text_option(the_case, "against");
  expects(estimator->name() == "mle" || against != "first-order",
          "the first-order bias is that of the mle, leave estimator out or set against");
  auto const r = estimator->components().size();
  auto const first_order =
      against == "first-order" ? estimators::cox_snell_bias(*law.model, law.theta) : std::vector<double>(r);
  add_scenarios(the_case, question);
  std::vector<std::size_t> probes;
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    auto const n = question.scenarios[k].n;
    expects_moment(law, *estimator, n, moments_of_variance);
    question.probes.push_back(bias_probe(law, k, estimator, n, claimed_bias(against, law, estimator, n, first_order)));
    probes.push_back(k);
  }
  int const size = static_cast<int>(r);
  auto const discrepancy = [size](sim::Tally const& tally, double n, double alpha) {
    return scaled(mean_norm(mean_estimate(tally, 0, size), alpha), std::sqrt(n));
  };
  std::string const name = against == "zero"    ? "n bias, claimed zero"
                           : against == "exact" ? "n bias less its exact value"
                                                : "n bias less its first-order value";
  double const margin = number_option(the_case, "margin");
  Limit const limit{.statistic = name + ", in units of I^-1/2, " + estimator->name(),
                    .rate = against == "first-order" ? expected_rate(the_case) : std::nullopt,
                    .margin = margin};
  if (against == "first-order") {
    add_limit_of_n(question, probes, limit, discrepancy);
    return;
  }
  for (auto const probe : probes)
    add_finding(question, probe, limit.statistic, {RegionKind::equal, 0.0, margin},
                [discrepancy, n = static_cast<double>(question.scenarios[question.probes[probe].scenario].n)](
                    auto const& tally, double alpha) { return discrepancy(tally, n, alpha); });
}

}  // namespace

Claim bias() {
  return {{.id = "bias",
           .statement = "beyond 6.2",
           .title = "The bias of the MLE is b/n to first order",
           .formula = "n (E theta_hat - theta) -> b, b_s = sum I^sr I^tu (E l_rtu/2 + E l_rt l_u)",
           .evidence = "b from cumulants by quadrature and automatic differentiation, or the exact mean where it is "
                       "known; the norm of n bias - b in units of I^-1/2 (Hotelling), its rate over n",
           .null_law = null_law::hotelling,
           .margin = "0.1: at n = 100 the bias is predicted to a hundredth of a standard error",
           .control = "a bias claimed zero (against = zero)",
           .options = {margin_option("0.1"),
                       {"against", "the claimed bias", "first-order", {"first-order", "exact", "zero"}},
                       rate_option("1")},
           .estimator = "mle",
           .source = "Cox and Snell (1968), J. Roy. Statist. Soc. B 30, 248-275"},
          &ask};
}

}  // namespace fisherlab::claims

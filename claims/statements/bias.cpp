#include <algorithm>
#include <cmath>
#include <vector>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/error_grid.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/error.hpp"
#include "estimators/expansions/cox_snell.hpp"

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

/// B^-1/2 b, the bias in units of the bound.
std::vector<double> in_units(LaneMatrix const& whitening, std::vector<double> const& bias) {
  std::vector<double> result(bias.size());
  for (std::size_t i = 0; i < bias.size(); ++i)
    for (std::size_t j = 0; j < bias.size(); ++j) result[i] += whitening.entries[i * bias.size() + j] * bias[j];
  return result;
}

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const estimator = estimator_of(the_case);
  auto const against = text_option(the_case, "against");
  bool const is_corrected = estimator->name() == "bias_corrected";
  expects(estimator->name() == "mle" || is_corrected || against != "first-order",
          "the first-order bias is that of mle (and 0 that of bias_corrected), leave estimator out or set against");
  auto const r = estimator->components().size();
  auto const first_order = against == "first-order" && !is_corrected ? estimators::cox_snell_bias(*law.model, law.theta)
                                                                     : std::vector<double>(r);
  add_scenarios(the_case, question);
  auto const errors = whitened_errors(law, estimator, ErrorMoment::bias);
  std::vector<std::vector<double>> claimed;  // at each size
  for (auto const n : the_case.sizes) {
    expects_moment(the_case.setting, *estimator, n, moments_of_variance);
    claimed.push_back(in_units(errors.whitening, claimed_bias(against, law, estimator, n, first_order)));
  }
  auto const grid = error_grid(the_case, question, errors);
  auto const discrepancy = [claimed, sizes = the_case.sizes](EstimatedMoment const& moment, double alpha) {
    auto const k = std::find(sizes.begin(), sizes.end(), static_cast<std::int64_t>(moment.n)) - sizes.begin();
    return distance_of_bias(claimed[static_cast<std::size_t>(k)], moment, alpha);
  };
  std::string const name = against == "zero"    ? "n bias, claimed zero"
                           : against == "exact" ? "n bias less its exact value"
                           : is_corrected       ? "n bias, its first order taken off"
                                                : "n bias less its first-order value";
  double const margin = number_option(the_case, "margin");
  Limit const limit{.statistic = name + ", in units of I^-1/2, " + estimator->name(),
                    .rate = against == "first-order" ? expected_rate(the_case) : std::nullopt,
                    .margin = margin};
  auto const distances = discrepancies(grid, discrepancy);
  if (against == "first-order") {
    add_limit(question, limit, distances);
    auto const distance = [b = claimed[0]](EstimatedMoment const& moment, double alpha) {
      return distance_of_bias(b, moment, alpha);
    };
    add_extrapolated(
        the_case, question, grid,
        {"limit of the " + limit.statistic, {RegionKind::equal, 0.0, limit_margin(the_case), {}}, distance});
    return;
  }
  for (std::size_t k = 0; k < the_case.sizes.size(); ++k)
    add_finding(question, distances, k, limit.statistic, exactly(RegionKind::equal, 0.0, margin));
}

}  // namespace

Claim bias() {
  return {{.id = "bias",
           .statement = "beyond 6.2",
           .title = "The bias of the MLE is b/n to first order",
           .formula = "n (E theta_hat - theta) -> b, b_s = sum I^sr I^tu (E l_rtu/2 + E l_rt l_u); with b(theta_hat)/n "
                      "taken off the bias is O(1/n^2)",
           .evidence = "b from cumulants by quadrature and automatic differentiation, or the exact mean where it is "
                       "known; the norm of n bias - b in units of I^-1/2 (Hotelling), its rate over n; its limit, "
                       "extrapolated with control variates",
           .null_law = null_law::hotelling,
           .margin =
               "0.1 at the largest n: at n = 100 the bias is predicted to a hundredth of a standard error; 0.01 in the "
               "limit",
           .control = "a bias claimed zero (against = zero)",
           .options = {margin_option("0.1"),
                       limit_margin_option("0.01"),
                       {"against", "the claimed bias", "first-order", {"first-order", "exact", "zero"}},
                       rate_option("1")},
           .estimator = "mle",
           .source = "Cox and Snell (1968), J. Roy. Statist. Soc. B 30, 248-275",
           .hypotheses = "A regular model with third derivatives of the log density, theta inside its space, an "
                         "estimate with a mean; n large."},
          &ask};
}

}  // namespace fisherlab::claims

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/distribution.hpp"
#include "claims/instruments/exact/limit_laws.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/controlled_grid.hpp"
#include "claims/instruments/probes/test_statistics.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/is_number.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;
using Statistic = TestStatistic;

/// The mean of the statistic over its degrees of freedom: signed, a series in 1/n, and explained by the score.
void add_limit_of_mean(Case const& the_case, Sampled& question, std::string const& name, Statistic const& statistic,
                       estimators::AnyEstimator const& estimator, bool needs_scores) {
  if (text_option(the_case, "rate") == "none" || the_case.sizes.size() < 5) return;
  auto const degrees = static_cast<double>(the_case.setting.model.theta.size());
  auto const observe = [statistic, degrees](Batch const& batch, sim::Observed& out) {
    Lanes const value = statistic(batch);
    drop_unknown(to_set(is_number(value)), out);  // elsewhere it cannot be computed
    out.values[0] = value / degrees;
  };
  auto mean = mean_of_number(estimator, observe);
  mean.needs_scores = needs_scores;
  ControlledGrid const grid(the_case, question, mean);
  add_series_limit(question, grid,
                   {"limit of the mean of " + name + " over its degrees of freedom",
                    {RegionKind::equal, 1.0, limit_margin(the_case), {}},
                    &first_entry});
}

void ask_test(Case const& the_case, Sampled& question, std::string const& name, Statistic const& statistic,
              bool needs_scores) {
  auto const& law = the_case.setting.model;
  auto const degrees = law.theta.size();
  add_scenarios(the_case, question);
  std::vector<std::size_t> probes;
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    Probe probe;
    probe.scenario = k;
    probe.shape.positions = 1;
    probe.needs_scores = needs_scores;
    if (!needs_scores) probe.estimator = estimator_of(the_case);
    probe.observe = [statistic, centre = std::sqrt(static_cast<double>(degrees))](Batch const& batch,
                                                                                  sim::Observed& out) {
      Lanes const value = statistic(batch);
      drop_unknown(to_set(is_number(value)), out);  // elsewhere it cannot be computed
      out.positions[0] = sqrt(max(value, Lanes(0.0))) - centre;
    };
    probes.push_back(question.probes.size());
    question.probes.push_back(std::move(probe));
  }
  Limit const limit{.statistic = "Kolmogorov distance of " + name + " to chi^2_" + std::to_string(degrees),
                    .rate = expected_rate(the_case),
                    .margin = number_option(the_case, "margin")};
  add_limit(question, probes, limit, [edges = norm_edges(degrees)](sim::Tally const& tally, double alpha) {
    if (tally.count == 0) return vacuous_interval();
    return kolmogorov_distance(tally.positions[0].cells, edges, alpha);
  });
  add_limit_of_mean(the_case, question, name, statistic,
                    needs_scores ? estimators::AnyEstimator() : estimator_of(the_case), needs_scores);
}

void ask_wilks(Case const& the_case, Sampled& question) {
  ask_test(the_case, question, "twice the log likelihood ratio", likelihood_ratio(the_case.setting.model), false);
}
void ask_rao(Case const& the_case, Sampled& question) {
  ask_test(the_case, question, "the score statistic", score_statistic(the_case.setting.model), true);
}
void ask_wald(Case const& the_case, Sampled& question) {
  ask_test(the_case, question, "the Wald statistic", wald_statistic(the_case.setting.model), false);
}

/// `margin` starts with its number; `rate` is the exponent expected.
ClaimCard card_of(std::string const& id, std::string const& title, std::string const& formula,
                  std::string const& margin, std::string const& rate, std::string const& control,
                  std::string const& source) {
  return {
      .id = id,
      .statement = "beyond 6.2",
      .title = title,
      .formula = formula,
      .evidence =
          "the Kolmogorov distance of the statistic to chi^2_p (p the number of parameters), by the "
          "Dvoretzky-Kiefer-Wolfowitz band (exact at every R); its rate over n; its mean over p, signed, "
          "extrapolated with control variates to n = infinity, where it is 1",
      .null_law = null_law::kolmogorov,
      .margin = margin,
      .control = control,
      .options = {margin_option(margin.substr(0, margin.find(':'))), limit_margin_option("0.005"), rate_option(rate)},
      .source = source,
      .hypotheses = "A regular model, theta inside its space, independent observations; n large."};
}

}  // namespace

Claim wilks() {
  return {
      card_of(
          "wilks", "Twice the log likelihood ratio tends to chi^2_p", "2 (l(theta_hat) - l(theta)) -> chi^2_p",
          "0.01: no p-value is off by more than one point in a hundred; the error falls as 1/n; 0.005 for the limit "
          "of the mean",
          "1", "Uniform(0, theta), where it is chi^2_2 at every n and not chi^2_1",
          "Wilks (1938), Annals of Mathematical Statistics 9, 60-62"),
      &ask_wilks};
}

Claim rao() {
  return {card_of("rao", "The score statistic tends to chi^2_p", "S'(n I)^-1 S -> chi^2_p, at the true theta",
                  "0.03: no p-value is off by more than three points in a hundred; 0.005 for the limit of the mean",
                  "0.5", "Uniform(0, theta), whose score never varies: the statistic is n",
                  "Rao (1948), Proceedings of the Cambridge Philosophical Society 44, 50-57"),
          &ask_rao};
}

Claim wald() {
  return {card_of("wald", "The Wald statistic tends to chi^2_p",
                  "n (theta_hat - theta)' I(theta_hat) (theta_hat - theta) -> chi^2_p",
                  "0.03: no p-value is off by more than three points in a hundred; 0.005 for the limit of the mean",
                  "0.5", "Uniform(0, theta), whose error is of the order 1/n: the statistic tends to 0",
                  "Wald (1943), Transactions of the American Mathematical Society 54, 426-482"),
          &ask_wald};
}

}  // namespace fisherlab::claims

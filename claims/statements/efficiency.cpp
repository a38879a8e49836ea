#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
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

namespace fisherlab::claims {
namespace {

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
  for (auto const n : the_case.sizes) expects_moment(the_case.setting, *estimator, n, moments_of_variance_interval);
  Limit const limit{.statistic = "efficiency of " + estimator->name() + " for " + wanted + " less its limit",
                    .rate = expected_rate(the_case),
                    .margin = number_option(the_case, "margin")};
  auto const efficiency = [](EstimatedMoment const& moment, double alpha) {
    return inverse_of(mean_of_diagonal(moment, alpha));
  };
  LaneMatrix const unit{1, {1 / std::sqrt(bound)}};
  auto const grid = error_grid(the_case, question,
                               {ErrorMoment::covariance, estimator, estimator->target(law.theta).value, unit, {a}});
  add_limit(question, limit, discrepancies(grid, [=](EstimatedMoment const& moment, double alpha) {
              return distance_from(efficiency(moment, alpha), limit_value);
            }));
  // 1/v changes by v^-2 times a change of v, near v = 1/limit; twice that leaves room.
  add_extrapolated(the_case, question, grid,
                   {"limit of the efficiency of " + estimator->name() + " for " + wanted,
                    {RegionKind::equal, limit_value, limit_margin(the_case), {}},
                    efficiency,
                    2 * limit_value * limit_value});
}

}  // namespace

Claim efficiency() {
  return {{.id = "efficiency",
           .statement = "section 6.4",
           .title = "The efficiency of an estimator reaches its limit: 1 for maximum likelihood",
           .formula = "bound/Var(t) -> 1 for the MLE, the known limit for its rivals",
           .evidence =
               "the bound of one component over its variance; the interval of the variance from fourth moments, "
               "inverted; the rate of the distance to the limit over n; the limit, extrapolated with control variates",
           .null_law = null_law::moments_of_squares,
           .margin =
               "0.03 at the largest n: three per cent of variance, what 3 observations in 100 are worth; 0.005 in the "
               "limit",
           .control = "the method of moments claimed efficient",
           .options = {margin_option("0.03"),
                       limit_margin_option("0.005"),
                       rate_option("1"),
                       {"limit", "the claimed efficiency for large n", "1", {}},
                       {"component", "of the estimate; the first unless set", "", {}}},
           .estimator = "mle",
           .source = "the notes, end of section 6.4",
           .hypotheses = "A regular model, theta inside its space, an estimator with second moments; n large."},
          &ask,
          true};
}

}  // namespace fisherlab::claims

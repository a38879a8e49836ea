#include <cmath>
#include <vector>

#include "claims/asking.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/error_grid.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/error.hpp"

namespace fisherlab::claims {
namespace {

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const estimator = estimator_of(the_case);
  add_scenarios(the_case, question);
  for (auto const n : the_case.sizes) expects_moment(the_case.setting, *estimator, n, moments_of_variance_interval);
  Limit const limit{.statistic = "mean square error in units of I^-1, " + estimator->name(),
                    .rate = expected_rate(the_case),
                    .margin = number_option(the_case, "margin")};
  auto const grid = error_grid(the_case, question, whitened_errors(law, estimator, ErrorMoment::mean_square));
  add_limit(question, limit, discrepancies(grid, [](EstimatedMoment const& moment, double alpha) {
              return scaled(mean_of_diagonal(moment, alpha), 1 / moment.n);
            }));
  if (estimator->name() != "mle" || law.model->card().regularity != sim::Regularity::regular) return;
  add_extrapolated(the_case, question, grid,
                   {"limit of n times the " + limit.statistic,
                    {RegionKind::equal, 1.0, limit_margin(the_case), {}},
                    &mean_of_diagonal});
}

}  // namespace

Claim consistency() {
  return {
      {.id = "consistency",
       .statement = "section 6.2",
       .title = "The estimate tends to the truth: its mean square error falls as 1/n",
       .formula = "E|I^1/2 (theta_hat - theta)|^2/p -> 0 as 1/n",
       .evidence = "the mean square error in units of I^-1, averaged over components; interval of a mean; its rate "
                   "over n; the limit of n times it for the MLE, extrapolated with control variates",
       .null_law = null_law::student,
       .margin = "0.01 at the largest n: a root mean square error of a tenth of what one observation leaves; 0.005 for "
                 "the limit of n times it, which is 1",
       .control = "Neyman and Scott's variance with two observations a stratum, which tends to half the truth",
       .options = {margin_option("0.01"), limit_margin_option("0.005"), rate_option("1")},
       .estimator = "mle",
       .source = "the notes, section 6.2; Neyman and Scott (1948), Econometrica 16, 1-32, for the control",
       .hypotheses = "A regular, identified model, theta inside its space, independent observations, second moments of "
                     "the estimate; n large."},
      &ask};
}

}  // namespace fisherlab::claims

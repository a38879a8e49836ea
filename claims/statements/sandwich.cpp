#include <Eigen/Core>

#include "claims/asking.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/error_grid.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/pseudo_true.hpp"
#include "sim/math/symmetric_root.hpp"

namespace fisherlab::claims {
namespace {

void ask(Case const& the_case, Sampled& question) {
  auto const& setting = the_case.setting;
  auto const mle = estimator_of(the_case);
  auto const formula = text_option(the_case, "formula");
  auto settled =
      estimators::pseudo_true(*setting.data.model, setting.data.theta, *setting.model.model, setting.model.theta);
  // A and B both off by a factor leave A^-1 B A^-1 off by its inverse.
  for (double& entry : settled.sandwich) entry /= setting.information_factor;
  auto const p = settled.theta.size();
  Law const at_settled{setting.model.model, settled.theta};
  LaneMatrix const whitening = formula == "sandwich"
                                   ? LaneMatrix{p, sim::symmetric_root(settled.sandwich, static_cast<int>(p)).inverse}
                                   : error_whitening(at_settled, estimators::identity_target(settled.theta));
  add_scenarios(the_case, question);
  for (auto const n : the_case.sizes) expects_moment(setting, *mle, n, moments_of_variance_interval);
  Limit const limit{.statistic = formula == "sandwich"
                                     ? "relative error of n Cov against A^-1 B A^-1 at the pseudo-true value"
                                     : "relative error of n Cov against I^-1 at the pseudo-true value",
                    .rate = expected_rate(the_case),
                    .margin = number_option(the_case, "margin")};
  auto const grid = error_grid(the_case, question, {ErrorMoment::covariance, mle, settled.theta, whitening, {}});
  add_limit(question, limit, discrepancies(grid, &largest_error));
  add_extrapolated(
      the_case, question, grid,
      {"limit of the " + limit.statistic, {RegionKind::equal, 0.0, limit_margin(the_case), {}}, &largest_error});
}

}  // namespace

Claim sandwich() {
  return {
      {.id = "sandwich",
       .statement = "(6.7)",
       .title = "Under a wrong model the estimate spreads as the sandwich says, not as I^-1",
       .formula = "n Cov(theta_hat) -> (E H)^-1 Cov(s) (E H)^-1 at the pseudo-true value",
       .evidence =
           "the pseudo-true value and both matrices by quadrature over the law of the data; the largest "
           "relative error over directions (Scheffe); its rate over n; its limit, extrapolated with control variates",
       .null_law = null_law::scheffe,
       .margin = "0.05 at the largest n, 0.005 in the limit: half a per cent of variance",
       .control = "I^-1 in its place (formula = information)",
       .options = {margin_option("0.05"),
                   limit_margin_option("0.005"),
                   rate_option("1"),
                   {"formula", "the claimed covariance", "sandwich", {"sandwich", "information"}}},
       .source = "the notes, (6.7); White (1982), Econometrica 50, 1-25",
       .hypotheses = "Independent observations of any law; one pseudo-true value inside the space of the model, an "
                     "invertible mean Hessian there; n large."},
      &ask};
}

}  // namespace fisherlab::claims

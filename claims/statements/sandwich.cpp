#include <Eigen/Core>

#include "claims/asking.hpp"
#include "claims/evidence/matrix.hpp"
#include "claims/instruments/common_probes.hpp"
#include "claims/instruments/moments.hpp"
#include "claims/instruments/tally_view.hpp"
#include "claims/instruments/whitening.hpp"
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
  auto const settled =
      estimators::pseudo_true(*setting.data.model, setting.data.theta, *setting.model.model, setting.model.theta);
  auto const p = settled.theta.size();
  Law const at_settled{setting.model.model, settled.theta};
  LaneMatrix const whitening = formula == "sandwich"
                                   ? LaneMatrix{p, sim::symmetric_root(settled.sandwich, static_cast<int>(p)).inverse}
                                   : error_whitening(at_settled, estimators::identity_target(settled.theta));
  add_scenarios(the_case, question);
  std::vector<std::size_t> probes;
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    expects_moment(setting.model, *mle, question.scenarios[k].n, moments_of_variance_interval);
    question.probes.push_back(whitened_error_probe(k, mle, settled.theta, whitening));
    probes.push_back(k);
  }
  int const r = static_cast<int>(p);
  Limit const limit{.statistic = formula == "sandwich"
                                     ? "relative error of n Cov against A^-1 B A^-1 at the pseudo-true value"
                                     : "relative error of n Cov against I^-1 at the pseudo-true value",
                    .rate = expected_rate(the_case),
                    .margin = number_option(the_case, "margin")};
  add_limit(question, probes, limit, [r](sim::Tally const& tally, double alpha) {
    return largest_direction(minus(covariance_estimate(tally, 0, r), Eigen::MatrixXd::Identity(r, r)), alpha);
  });
}

}  // namespace

Claim sandwich() {
  return {{.id = "sandwich",
           .statement = "(6.7)",
           .title = "Under a wrong model the estimate spreads as the sandwich says, not as I^-1",
           .formula = "n Cov(theta_hat) -> (E H)^-1 Cov(s) (E H)^-1 at the pseudo-true value",
           .evidence = "the pseudo-true value and both matrices by quadrature over the law of the data; the largest "
                       "relative error over directions (Scheffe); its rate over n",
           .null_law = null_law::scheffe,
           .margin = "0.05: five per cent of variance is two and a half per cent of a standard error",
           .control = "I^-1 in its place (formula = information)",
           .options = {margin_option("0.05"),
                       rate_option("1"),
                       {"formula", "the claimed covariance", "sandwich", {"sandwich", "information"}}},
           .source = "the notes, (6.7); White (1982), Econometrica 50, 1-25"},
          &ask};
}

}  // namespace fisherlab::claims

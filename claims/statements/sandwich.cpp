#include <Eigen/Core>
#include <cmath>
#include <vector>

#include "claims/asking.hpp"
#include "claims/common_probes.hpp"
#include "claims/evidence/matrix.hpp"
#include "claims/moments.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "claims/tally_view.hpp"
#include "claims/whitening.hpp"
#include "estimators/pseudo_true.hpp"
#include "sim/expects.hpp"
#include "sim/math/symmetric_root.hpp"
#include "sim/models/theta.hpp"

namespace fisherlab::claims {
namespace {

/// Folds w = sqrt(n) V^-1/2 (t - centre) and iso_vech(w w').
Probe spread_probe(std::size_t scenario, estimators::AnyEstimator const& mle, std::vector<double> const& centre,
                   LaneMatrix const& whitening) {
  auto const p = centre.size();
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = static_cast<int>(p + sim::packed_size(p));
  probe.estimator = mle;
  probe.observe = [p, centre, whitening](Batch const& batch, sim::Observed& out) {
    double const scale = std::sqrt(static_cast<double>(batch.scenario.n));
    std::vector<sim::Lanes> error(p);
    for (std::size_t a = 0; a < p; ++a) error[a] = scale * (batch.estimates->value[a] - centre[a]);
    whitening.apply(error.data(), out.values.data());
    iso_vech_of_square(out.values.data(), p, out.values.data() + p);
  };
  return probe;
}

void ask(Case const& the_case, Question& question) {
  auto const& setting = the_case.setting;
  auto const mle = estimator_of(the_case, "mle");
  auto const formula = text_option(the_case, "formula", "sandwich", {"sandwich", "information"});
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
    question.probes.push_back(spread_probe(k, mle, settled.theta, whitening));
    probes.push_back(k);
  }
  int const r = static_cast<int>(p);
  Limit const limit{.statistic = formula == "sandwich"
                                     ? "relative error of n Cov against A^-1 B A^-1 at the pseudo-true value"
                                     : "relative error of n Cov against I^-1 at the pseudo-true value",
                    .rate = expected_rate(the_case, 1.0),
                    .margin = number_option(the_case, "margin", 0.05)};
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
           .options = "margin; formula = sandwich, information; rate = a number or none",
           .source = "the notes, (6.7); White (1982), Econometrica 50, 1-25"},
          {"margin", "formula", "rate"},
          &ask};
}

}  // namespace fisherlab::claims

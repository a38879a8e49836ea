#include <Eigen/Core>
#include <cmath>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/norm.hpp"
#include "claims/instruments/exact/known_errors.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/joint_moments.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/error.hpp"

namespace fisherlab::claims {
namespace {

/// B^-1/2 G I^-1/2, r x p row by row: what E[u v'] is when E[(t - g) grad l_n] = G, for whitened errors u and scores v.
std::vector<double> whitened_gradient(LaneMatrix const& error, LaneMatrix const& score,
                                      std::vector<double> const& jacobian) {
  auto const r = error.order, p = score.order;
  std::vector<double> result(r * p);
  for (std::size_t i = 0; i < r; ++i)
    for (std::size_t j = 0; j < p; ++j)
      for (std::size_t a = 0; a < r; ++a)
        for (std::size_t b = 0; b < p; ++b)
          result[i * p + j] += error.entries[i * r + a] * jacobian[a * p + b] * score.entries[b * p + j];
  return result;
}

struct Products {
  Probe probe;
  JointMoments kept;
};

/// Folds the entries of u v' less its claimed mean; u = sqrt(n) B^-1/2 (t - g), v = I^-1/2 S/sqrt(n).
Products products_of(Law const& law, std::size_t scenario, estimators::AnyEstimator const& estimator,
                     std::vector<double> const& claimed_jacobian) {
  auto const target = estimator->target(law.theta);
  auto const r = target.value.size();
  auto const p = law.theta.size();
  auto const error = error_whitening(law, target);
  auto const score = score_whitening(law);
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = static_cast<int>(r * p);
  auto const kept = keep_moments(probe.shape, 0, static_cast<int>(r * p));
  probe.estimator = estimator;
  probe.needs_scores = true;
  probe.observe = [r, p, kept, error, score, error_of = estimators::EstimationError(*estimator, target.value),
                   claimed = whitened_gradient(error, score, claimed_jacobian)](Batch const& batch,
                                                                                sim::Observed& out) {
    std::vector<sim::Lanes> difference(r), u(r), v(p);
    for (std::size_t a = 0; a < r; ++a) difference[a] = error_of(*batch.estimates, a);
    error.apply(difference.data(), u.data());
    score.apply(batch.scores.score.data(), v.data());  // the roots of n cancel in the product
    for (std::size_t i = 0; i < r; ++i)
      for (std::size_t j = 0; j < p; ++j) out.values[i * p + j] = u[i] * v[j] - claimed[i * p + j];
    kept.fold(out);
  };
  return {std::move(probe), kept};
}

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const estimator = estimator_of(the_case);
  auto const target = estimator->target(law.theta);
  auto const gradient = text_option(the_case, "gradient");
  add_scenarios(the_case, question);
  KnownErrors const known(the_case.setting, *estimator);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    auto const n = question.scenarios[k].n;
    expects_moment(the_case.setting, *estimator, n, moments_of_variance_interval);
    auto const mean = estimator->mean(law.theta, n);
    expects(mean.has_value() || gradient == "target",
            "the exact mean of " + estimator->name() + " is not known for " + law.model->card().name +
                ", choose another estimator or set gradient = \"target\" for a control");
    auto products = products_of(law, k, estimator, gradient == "target" ? target.jacobian : mean->jacobian);
    question.probes.push_back(std::move(products.probe));
    add_finding(question, k,
                "E[(t - g) grad l_n] less the gradient of " +
                    std::string(gradient == "target" ? "the target" : "the mean of t") + ", whitened, " +
                    estimator->name(),
                exactly(RegionKind::equal, 0.0, number_option(the_case, "margin")),
                [kept = products.kept, by_law = known.products(n)](auto const& tally, double alpha) {
                  return mean_norm(mean_estimate(tally, kept, by_law), alpha);
                });
  }
}

}  // namespace

Claim score_covariance() {
  return {
      {.id = "score-covariance",
       .statement = "(6.12)-(6.17)",
       .title = "The covariance of an estimate with the score is the gradient of its mean",
       .formula = "E[(t - g) grad l_n] = grad E t, which is grad g for unbiased t",
       .evidence = "the norm of the difference, whitened on both sides (1 is a correlation of 1); simultaneous "
                   "interval over directions (Hotelling)",
       .null_law = null_law::hotelling,
       .margin = "0.01: a hundredth of a correlation, two per cent of the bound that rests on it",
       .control = "a biased t held to the gradient of its target (gradient = target)",
       .options = {margin_option("0.01"), {"gradient", "what the covariance is held to", "mean", {"mean", "target"}}},
       .estimator = "sample_mean",
       .source = "the notes, (6.12) to (6.17)",
       .hypotheses =
           "A regular model, an estimator with second moments, differentiation under the integral. Exact at every n."},
      &ask};
}

}  // namespace fisherlab::claims

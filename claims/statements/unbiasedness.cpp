#include <Eigen/Core>
#include <algorithm>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/matrix.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

/// Folds |w|^2/r, w the whitened error of an estimate of r numbers: E|t - g|^2 relative to the bound, averaged over
/// directions.
Probe mean_square_probe(Law const& law, std::size_t scenario, estimators::AnyEstimator const& estimator) {
  Probe probe = error_probe(law, scenario, estimator);
  auto const r = estimator->components().size();
  auto const errors = probe.shape;
  probe.shape = {.values = 1, .powers = {sim::power_block(0, 1)}};
  probe.observe = [r, errors, observe = probe.observe](Batch const& batch, sim::Observed& out) {
    sim::Observed whitened(errors);
    observe(batch, whitened);
    sim::Lanes sum = 0.0;
    for (std::size_t a = 0; a < r; ++a) sum += whitened.values[a] * whitened.values[a];
    out.values[0] = sum / static_cast<double>(r);
  };
  return probe;
}

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const estimator = estimator_of(the_case);
  auto const r = static_cast<int>(estimator->components().size());
  bool const printed = text_option(the_case, "form") == "printed";
  double const margin = number_option(the_case, "margin");
  add_scenarios(the_case, question);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    auto const n = question.scenarios[k].n;
    expects_moment(the_case.setting, *estimator, n, moments_of_variance_interval);
    if (printed) {
      question.probes.push_back(mean_square_probe(law, k, estimator));
      add_finding(question, k, "mean square error over the bound for unbiased estimators, " + estimator->name(),
                  exactly(RegionKind::at_least, 1.0, margin),
                  [](auto const& tally, double alpha) { return mean_interval(sample_moments(tally, 0), alpha); });
      continue;
    }
    auto const mean = estimator->mean(law.theta, n);
    expects(mean.has_value(), "the exact mean of " + estimator->name() + " is not known for " + law.model->card().name +
                                  ", choose another estimator");
    question.probes.push_back(error_probe(law, k, estimator, *mean));
    add_finding(
        question, k, "smallest eigenvalue of n Cov(t) - 1, whitened by M I^-1 M', M = grad E t, " + estimator->name(),
        exactly(RegionKind::at_least, 0.0, margin), [r](auto const& tally, double alpha) {
          return smallest_eigenvalue(minus(covariance_estimate(tally, 0, r), Eigen::MatrixXd::Identity(r, r)), alpha);
        });
  }
}

}  // namespace

Claim unbiasedness() {
  return {{.id = "unbiasedness",
           .statement = "6.6, printed",
           .title = "Without unbiasedness the bound fails; with the gradient of the mean it holds again",
           .formula = "printed: E|t - g|^2 >= tr(I^-1)/n for any t; corrected: Cov(t) >= M I^-1 M'/n, M = grad E t",
           .evidence = "printed: the mean square of whitened errors (Student); corrected: the smallest eigenvalue of "
                       "the covariance whitened by its own bound (Scheffe)",
           .null_law = null_law::scheffe,
           .margin = "0.01: one per cent of variance, half a per cent of a standard error",
           .control = "James and Stein's estimate of five normal means, in the printed form",
           .options = {margin_option("0.01"), printed_form_option()},
           .estimator = "",
           .source = "the notes, Theorem 6.6; James and Stein (1961), Fourth Berkeley Symposium 1, 361-379, for the "
                     "control",
           .hypotheses = "A regular model; printed without, corrected with the gradient of the mean of the estimator. "
                         "Exact at every n."},
          &ask};
}

}  // namespace fisherlab::claims

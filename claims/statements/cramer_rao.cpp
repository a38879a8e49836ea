#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <string>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/matrix.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/instruments/exact/known_errors.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/error.hpp"

namespace fisherlab::claims {
namespace {

/// The estimator of the case; the bound speaks of unbiased ones, so others stand only as controls.
estimators::AnyEstimator unbiased_estimator(Case const& the_case) {
  auto estimator = estimator_of(the_case);
  expects(estimator->unbiased() || the_case.expected != Expectation::verified,
          "estimator " + estimator->name() +
              " is biased, and the bound speaks of unbiased ones; declare it as a control with expect = \"refuted\" or "
              "choose an unbiased one");
  return estimator;
}

void ask_bound(Case const& the_case, Sampled& question) {
  auto const estimator = unbiased_estimator(the_case);
  add_scenarios(the_case, question);
  auto const r = static_cast<int>(estimator->components().size());
  KnownErrors const known(the_case.setting, *estimator);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    expects_moment(the_case.setting, *estimator, question.scenarios[k].n, moments_of_variance_interval);
    question.probes.push_back(error_probe(the_case.setting.model, k, estimator));
    add_finding(question, k, "smallest eigenvalue of whitened n Cov - 1, " + estimator->name(),
                exactly(RegionKind::at_least, 0.0, number_option(the_case, "margin")),
                [r, by_law = known.squares(question.scenarios[k].n)](auto const& tally, double alpha) {
                  auto const estimate = covariance_estimate(tally, 0, r, by_law);
                  return smallest_eigenvalue(minus(estimate, Eigen::MatrixXd::Identity(r, r)), alpha);
                });
  }
}

/// Folds n |t - g|^2/tr B - 1, whose mean is at least 0 when the bound holds.
Probe trace_probe(Law const& law, std::size_t scenario, estimators::AnyEstimator const& estimator) {
  auto const target = estimator->target(law.theta);
  auto const bound = bound_matrix(law, target);
  auto const r = target.value.size();
  double trace = 0;
  for (std::size_t a = 0; a < r; ++a) trace += bound[a * r + a];
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = 1;
  probe.shape.powers = {sim::power_block(0, 1)};
  probe.estimator = estimator;
  probe.observe = [error_of = estimators::EstimationError(*estimator, target.value), trace](Batch const& batch,
                                                                                            sim::Observed& out) {
    sim::Lanes sum = 0.0;
    for (std::size_t a = 0; a < error_of.size(); ++a) {
      sim::Lanes const error = error_of(*batch.estimates, a);
      sum += error * error;
    }
    out.values[0] = sum * (static_cast<double>(batch.scenario.n) / trace) - 1.0;
  };
  return probe;
}

void ask_trace(Case const& the_case, Sampled& question) {
  auto const estimator = unbiased_estimator(the_case);
  auto const r = estimator->components().size();  // of several the trace is no square along one direction
  add_scenarios(the_case, question);
  KnownErrors const known(the_case.setting, *estimator);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    expects_moment(the_case.setting, *estimator, question.scenarios[k].n, moments_of_variance_interval);
    question.probes.push_back(trace_probe(the_case.setting.model, k, estimator));
    add_finding(question, k, "n E|t - g|^2 over tr(bound) - 1, " + estimator->name(),
                exactly(RegionKind::at_least, 0.0, number_option(the_case, "margin")),
                [by_law = r == 1 ? known.squares(question.scenarios[k].n) : ByLaw{}](auto const& tally, double alpha) {
                  return mean_interval(sample_moments(tally, 0), by_law, alpha);
                });
  }
}

void ask_attainment(Case const& the_case, Sampled& question) {
  auto const estimator = estimator_of(the_case);
  expects(estimator->components().size() == 1,
          "attainment compares one variance with its bound, choose an estimator of one number");
  double const exact = number_option(the_case, "efficiency");
  double const rounding = std::max(rounding_of_exact_values, rounding_as_written(text_option(the_case, "efficiency")));
  add_scenarios(the_case, question);
  KnownErrors const known(the_case.setting, *estimator);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    expects_moment(the_case.setting, *estimator, question.scenarios[k].n, moments_of_variance_interval);
    question.probes.push_back(error_probe(the_case.setting.model, k, estimator));
    add_finding(question, k, "efficiency of " + estimator->name(),
                exactly(RegionKind::equal, exact, number_option(the_case, "margin"), rounding),
                [by_law = known.squares(question.scenarios[k].n)](auto const& tally, double alpha) {
                  auto const variance = covariance_estimate(tally, 0, 1, by_law);
                  return inverse_of(quadratic_form(Eigen::VectorXd::Ones(1), variance, alpha));
                });
  }
}

}  // namespace

Claim cramer_rao() {
  return {{.id = "cramer-rao",
           .statement = "6.6",
           .title = "No unbiased estimator has a smaller covariance than I^-1/n",
           .formula = "Cov(t) - G I^-1 G'/n is positive semidefinite",
           .evidence = "the smallest eigenvalue of the whitened n Cov(t) - 1, simultaneous over directions (Scheffe); "
                       "covariances of squares from fourth moments",
           .null_law = null_law::scheffe,
           .margin = "0.01: one per cent of variance, half a per cent of a standard error",
           .control = "the bias-corrected maximum of Uniform(0, theta), variance theta^2/(n (n + 2))",
           .options = {margin_option("0.01")},
           .estimator = "",
           .source = "the notes, Theorem 6.6, (6.10)",
           .hypotheses = "A regular model, an unbiased estimator with second moments. Exact at every n."},
          &ask_bound};
}

Claim cramer_rao_trace() {
  return {{.id = "cramer-rao-trace",
           .statement = "6.7",
           .title = "The mean square error of an unbiased estimator is at least tr(I^-1)/n",
           .formula = "E|t - g|^2 >= tr(G I^-1 G')/n",
           .evidence = "the mean of n |t - g|^2/tr(bound) - 1; interval of a mean",
           .null_law = null_law::student,
           .margin = "0.01: one per cent of mean square error",
           .control = "a mean shrunk towards 0 where the truth is near 0: biased, and below the bound",
           .options = {margin_option("0.01")},
           .estimator = "",
           .source = "the notes, Corollary 6.7",
           .hypotheses = "A regular model, an unbiased estimator with second moments. Exact at every n."},
          &ask_trace};
}

Claim attainment() {
  return {{.id = "attainment",
           .statement = "section 6.4",
           .title = "Some estimators attain the bound at every n",
           .formula = "efficiency = bound/Var(t) = 1 (or its exact value at n)",
           .evidence = "the bound over the variance; the interval of the variance from fourth moments, inverted",
           .null_law = null_law::moments_of_squares,
           .margin = "0.01: one per cent of variance",
           .control = "the sample median of a normal sample, 2/pi in the limit",
           .options = {margin_option("0.01"),
                       {"efficiency", "its exact value, with as many digits as it is exact to", "1", {}}},
           .estimator = "sample_mean",
           .source = "the notes, section 6.4",
           .hypotheses = "An exponential family in its mean, or an estimator whose exact efficiency is known."},
          &ask_attainment};
}

}  // namespace fisherlab::claims

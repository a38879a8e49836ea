#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <vector>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/matrix.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/instruments/exact/known_errors.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/maps/directions.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/error.hpp"

namespace fisherlab::claims {
namespace {

/// An unbiased estimator of one number; a biased one stands only as a control.
estimators::AnyEstimator scalar_estimator(Case const& the_case, std::string const& claim) {
  auto estimator = estimator_of(the_case);
  expects(estimator->components().size() == 1,
          claim + " is about an estimator of one number, and " + estimator->name() + " gives several; choose another");
  expects(estimator->unbiased() || the_case.expected != Expectation::verified,
          "estimator " + estimator->name() +
              " is biased, and the bound speaks of unbiased ones; declare it as a control with expect = \"refuted\" or "
              "choose an unbiased one");
  return estimator;
}

void ask_scalar(Case const& the_case, Sampled& question) {
  auto const estimator = scalar_estimator(the_case, "cramer-rao-scalar");
  add_scenarios(the_case, question);
  KnownErrors const known(the_case.setting, *estimator);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    expects_moment(the_case.setting, *estimator, question.scenarios[k].n, moments_of_variance_interval);
    question.probes.push_back(error_probe(the_case.setting.model, k, estimator));
    add_finding(question, k, "n Var(t) over grad g' I^-1 grad g, " + estimator->name(),
                exactly(RegionKind::at_least, 1.0, number_option(the_case, "margin")),
                [by_law = known.squares(question.scenarios[k].n)](auto const& tally, double alpha) {
                  return quadratic_form(Eigen::VectorXd::Ones(1), covariance_estimate(tally, 0, 1, by_law), alpha);
                });
  }
}

/// Directions w as units of I^1/2 w: the best, w = I^-1 grad g, is I^-1/2 grad g there.
struct Directions {
  Eigen::VectorXd best;
  std::vector<Eigen::VectorXd> others;
};

Directions directions_of(Case const& the_case, Law const& law, std::vector<double> const& gradient) {
  auto const p = static_cast<Eigen::Index>(law.theta.size());
  auto const whitening = score_whitening(law);
  Eigen::VectorXd best = Eigen::VectorXd::Zero(p);
  for (Eigen::Index i = 0; i < p; ++i)
    for (Eigen::Index j = 0; j < p; ++j)
      best(i) += whitening.entries[static_cast<std::size_t>(i * p + j)] * gradient[static_cast<std::size_t>(j)];
  expects(best.norm() > 0, "the target does not depend on theta here, choose another estimator or theta");
  best.normalize();
  if (text_option(the_case, "direction") == "orthogonal") {
    expects(p >= 2, "a direction orthogonal to the gradient needs two parameters, choose another model");
    Eigen::VectorXd w = random_directions(p, 1, "cramer-rao-direction")[0];
    w -= w.dot(best) * best;
    return {w.normalized(), {}};
  }
  return {best, random_directions(p, 16, "cramer-rao-direction")};
}

/// Folds u (v'c) for each direction c and u^2: u the error of t in units of its bound, v the whitened score, so that
/// E[u v'c]^2 is the lower bound (6.18) of direction c in units of (6.19).
Probe direction_probe(Law const& law, std::size_t scenario, estimators::AnyEstimator const& estimator,
                      std::vector<Eigen::VectorXd> const& all) {
  auto const target = estimator->target(law.theta);
  auto const p = law.theta.size();
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = static_cast<int>(all.size());
  for (std::size_t k = 0; k < all.size(); ++k) probe.shape.powers.push_back(sim::power_block(static_cast<int>(k), 1));
  probe.estimator = estimator;
  probe.needs_scores = true;
  probe.observe = [p, all, error_of = estimators::EstimationError(*estimator, target.value),
                   unit = 1 / std::sqrt(component_bound(law, target, 0)),
                   whitening = score_whitening(law)](Batch const& batch, sim::Observed& out) {
    std::vector<sim::Lanes> v(p);
    whitening.apply(batch.scores.score.data(), v.data());
    sim::Lanes const u = unit * error_of(*batch.estimates, 0);
    for (std::size_t k = 0; k < all.size(); ++k) {
      sim::Lanes along = 0.0;
      for (std::size_t a = 0; a < p; ++a) along += all[k](static_cast<Eigen::Index>(a)) * v[a];
      out.values[k] = u * along;  // the roots of n cancel
    }
  };
  return probe;
}

/// x^2 over an interval of x.
Interval square_of(Interval const& x) {
  auto const size = distance_from(x, 0);
  return {x.estimate * x.estimate, 2 * std::fabs(x.estimate) * x.std_error, size.lower * size.lower,
          size.upper * size.upper, x.reason};
}

void ask_direction(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const estimator = scalar_estimator(the_case, "cramer-rao-direction");
  auto const w = directions_of(the_case, law, estimator->target(law.theta).jacobian);
  std::vector<Eigen::VectorXd> all = {w.best};
  all.insert(all.end(), w.others.begin(), w.others.end());
  double const margin = number_option(the_case, "margin");
  add_scenarios(the_case, question);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    expects_moment(the_case.setting, *estimator, question.scenarios[k].n, moments_of_variance_interval);
    question.probes.push_back(direction_probe(law, k, estimator, all));
    auto const probe = question.probes.size() - 1;
    add_finding(question, probe,
                w.others.empty() ? "lower bound (6.18) at a w orthogonal to grad g over (6.19)"
                                 : "lower bound (6.18) at w = I^-1 grad g over (6.19)",
                exactly(RegionKind::equal, 1.0, margin), [](auto const& tally, double alpha) {
                  return square_of(mean_interval(sample_moments(tally, 0), alpha));
                });
    if (w.others.empty()) continue;
    int const count = static_cast<int>(w.others.size());
    add_finding(question, probe, "largest lower bound (6.18) over 16 random w, over (6.19)",
                exactly(RegionKind::at_most, 1.0, margin), [count](auto const& tally, double alpha) {
                  Interval largest{0, 0, 0, 0};
                  for (int c = 1; c <= count; ++c)
                    largest = larger_of(largest, square_of(mean_interval(sample_moments(tally, c), alpha / count)));
                  return largest;
                });
    question.probes.push_back(error_probe(law, k, estimator));
    double steepest = 0;
    for (auto const& c : w.others) steepest = std::max(steepest, std::fabs(c.dot(w.best)));
    add_finding(question, probe + 1, "n Var(t) over the largest lower bound (6.18) of the random w",
                exactly(RegionKind::at_least, 1.0, margin), [steepest](auto const& tally, double alpha) {
                  return scaled(quadratic_form(Eigen::VectorXd::Ones(1), covariance_estimate(tally, 0, 1), alpha),
                                1 / (steepest * steepest));
                });
  }
}

}  // namespace

Claim cramer_rao_scalar() {
  return {
      {.id = "cramer-rao-scalar",
       .statement = "(6.9)",
       .title = "No unbiased estimator of g(theta) has a variance below grad g' I^-1 grad g/n",
       .formula = "Var(t) >= grad g' I^-1 grad g/n",
       .evidence = "n Var(t) over the bound, for means, variances, quantiles and tail probabilities; interval of "
                   "a variance from fourth moments",
       .null_law = null_law::moments_of_squares,
       .margin = "0.01: one per cent of variance, half a per cent of a standard error",
       .control = "the bias-corrected maximum of Uniform(0, theta), variance theta^2/(n (n + 2))",
       .options = {margin_option("0.01")},
       .estimator = "",
       .source = "the notes, (6.9)",
       .hypotheses =
           "A regular model, an unbiased estimator of g(theta) with a variance, g differentiable. Exact at every n."},
      &ask_scalar};
}

Claim cramer_rao_direction() {
  return {{.id = "cramer-rao-direction",
           .statement = "(6.11)-(6.19)",
           .title = "Every direction w gives a lower bound; w = I^-1 grad g gives the largest",
           .formula = "Var(t) >= <w, grad g>^2/(n w'I w), largest at w = I^-1 grad g",
           .evidence = "the squared covariance of t with <w, score> over n w'I w, in units of (6.19): 1 at the best w, "
                       "at most 1 over 16 random w (simultaneous intervals of means); the variance over the largest "
                       "of the random bounds, at least 1",
           .null_law = null_law::student,
           .margin = "0.01: one per cent of the bound, half a one of a standard error",
           .control = "a w orthogonal to the gradient (in the metric of I) claimed to be as good",
           .options =
               {margin_option("0.01"),
                {"direction", "w, along the gradient in the metric of I or across it", "best", {"best", "orthogonal"}}},
           .estimator = "",
           .source = "the notes, (6.11), (6.18), (6.19)",
           .hypotheses = "A regular model, an unbiased estimator of g(theta), any direction w. Exact at every n."},
          &ask_direction};
}

}  // namespace fisherlab::claims

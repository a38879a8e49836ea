#include "runs/diagnosis/diagnosis.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "base/hash.hpp"
#include "base/special/distributions.hpp"
#include "claims/evidence/distribution.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/intervals.hpp"
#include "claims/instruments/probes/performance_measures.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "estimators/error.hpp"
#include "estimators/mle.hpp"
#include "runs/replicates.hpp"

namespace fisherlab::runs {
namespace {

/// What is counted for each parameter: intervals that hold the truth, and those of which that is known.
enum Count : std::size_t { wald_held, score_held, ratio_held, score_known, ratio_known, counts_of_a_parameter };

/// Folds for each parameter the error in units of its asymptotic standard error, its square and its law, and whether
/// each of the three intervals holds the truth, as far as that is known.
claims::Probe diagnosis_probe(claims::Law const& law, estimators::AnyEstimator const& mle, std::int64_t n, double z) {
  auto const p = law.theta.size();
  auto const target = mle->target(law.theta);
  std::vector<double> units;
  for (std::size_t a = 0; a < p; ++a)
    units.push_back(sim::sqrt(component_bound(law, target, a) / static_cast<double>(n)));
  claims::Probe probe;
  auto const count = static_cast<int>(p);
  probe.shape = {.values = 2 * count, .successes = 5 * count, .positions = count};
  probe.estimator = mle;
  probe.observe = [p, theta = law.theta, units, z, error_of = estimators::EstimationError(*mle, target.value)](
                      claims::Batch const& batch, sim::Observed& out) {
    for (std::size_t a = 0; a < p; ++a) {
      sim::Lanes const error = error_of(*batch.estimates, a) / units[a];
      out.values[2 * a] = error;
      out.values[2 * a + 1] = error * error;
      out.positions[a] = error;
      auto const held = holds_truth(batch, a, theta[a], z, true);
      auto* const counts = out.successes.data() + counts_of_a_parameter * a;
      counts[wald_held] = held.wald.held;
      counts[score_held] = held.score.held;
      counts[ratio_held] = held.likelihood_ratio.held;
      counts[score_known] = held.score.known;
      counts[ratio_known] = held.likelihood_ratio.known;
    }
  };
  return probe;
}

Estimated share(std::int64_t successes, std::int64_t count) {
  if (count == 0) return {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  double const s = static_cast<double>(successes) / static_cast<double>(count);
  return {s, std::sqrt(s * (1 - s) / static_cast<double>(count))};
}

double distance_to_normal(sim::Histogram const& law) {
  std::int64_t total = 0;
  for (auto const cell : law.cells) total += cell;
  std::int64_t below = 0;
  double largest = 0;
  for (int k = 0; k + 1 < sim::Histogram::cell_count; ++k) {
    below += law.cells[static_cast<std::size_t>(k)];
    double const share = static_cast<double>(below) / static_cast<double>(total);
    largest = std::max(largest, std::fabs(share - normal_cdf(sim::Histogram::upper_edge(k))));
  }
  return largest;
}

/// The n at which an error that falls as 1/n reaches `wanted`; n itself where the error is within two Monte Carlo
/// standard errors of it.
double needed(double error, double mcse, double wanted, double n) {
  return std::fabs(error) <= wanted + 2 * mcse ? n : n * std::fabs(error) / wanted;
}

/// Wald, the simplest, where it is right to a quarter of a point; else the one nearest to nominal, and the likelihood
/// ratio, which does not depend on the parameterization, where the noise cannot tell it from the score interval.
std::string preferred_interval(ParameterDiagnosis const& d, double level) {
  auto const off = [level](Estimated const& c) { return std::fabs(c.value - level); };
  if (off(d.wald) <= 0.0025 + 2 * d.wald.mcse) return "Wald";
  double const tie = 2 * d.likelihood_ratio.mcse;
  if (off(d.score) + tie < off(d.likelihood_ratio)) return off(d.score) <= off(d.wald) ? "score" : "Wald";
  return off(d.likelihood_ratio) <= off(d.wald) + tie ? "likelihood-ratio" : "Wald";
}

/// The mean error over the standard deviation, with its standard error by the delta method: of m/s the replicate's
/// influence is (e - m)/s - (m/s) ((e - m)^2/s^2 - 1)/2. `b`: place of e, e^2 follows.
Estimated bias_in_deviations(sim::Moments const& moments, int b, double count) {
  double const m = moments.mean[static_cast<std::size_t>(b)], variance = moments.variance(b), sd = std::sqrt(variance);
  double const ratio = m / sd;
  double const skew = (moments.covariance(b, b + 1) - 2 * m * variance) / (variance * sd);
  double const squares = moments.variance(b + 1) - 4 * m * moments.covariance(b, b + 1) + 4 * m * m * variance;
  double const influence = 1 - ratio * skew + 0.25 * ratio * ratio * squares / (variance * variance);
  return {ratio, std::sqrt(std::max(influence, 0.0) / count)};
}

ParameterDiagnosis of_parameter(std::string const& name, sim::Tally const& tally, std::size_t a, double n,
                                double level) {
  auto const b = static_cast<int>(2 * a);
  auto const count = static_cast<double>(tally.count);
  auto const v = claims::plain_covariance_estimate(tally, b, 1);
  ParameterDiagnosis d;
  d.parameter = name;
  d.bias_in_std_errors = bias_in_deviations(tally.moments, b, count);
  d.variance_ratio = {v.value(0, 0), std::sqrt(v.contribution_covariance(0, 0) / count)};
  d.distance_to_normal = distance_to_normal(tally.positions[a]);
  d.distance_band = claims::distribution_band(tally.count, 0.001);
  auto const* const counts = tally.successes.data() + counts_of_a_parameter * a;
  d.wald = share(counts[wald_held], tally.count);
  d.score = share(counts[score_held], counts[score_known]);
  d.likelihood_ratio = share(counts[ratio_held], counts[ratio_known]);
  d.score_not_found = tally.count - counts[score_known];
  d.likelihood_ratio_not_found = tally.count - counts[ratio_known];
  d.preferred = preferred_interval(d, level);
  d.coverage_needs_n = needed(d.wald.value - level, d.wald.mcse, 0.01, n);
  d.variance_needs_n = needed(d.variance_ratio.value - 1, d.variance_ratio.mcse, 0.05, n);
  return d;
}

}  // namespace

Diagnosis diagnose(claims::Law const& law, std::int64_t n, DiagnosisSettings const& settings) {
  claims::Scenario const scenario{{law, law, ""}, n};
  auto const mle = estimators::make_mle(law.model);
  claims::Probe const probe = diagnosis_probe(law, mle, n, claims::critical_value(settings.level));
  claims::Probe const measures = performance_probe(law, 0, mle, n, settings.level);
  sim::Tally tally(probe.shape), measured(measures.shape);
  fold_replicates(scenario, {&probe, &measures}, {settings.seed, 0, settings.replicates},
                  {settings.threads, settings.stop, settings.advance}, {&tally, &measured});
  Diagnosis result;
  result.n = n;
  result.level = settings.level;
  result.replicates = tally.count + tally.dropped;
  result.failed = tally.dropped;
  result.variance_exists = moment_exists(law, *mle, n, claims::moments_of_variance);
  result.fingerprint = fingerprint_text({tally.fingerprint(), measured.fingerprint()});
  if (tally.count < 2) return result;
  auto const& names = law.model->card().parameters;
  for (std::size_t a = 0; a < names.size(); ++a)
    result.parameters.push_back(of_parameter(names[a], tally, a, static_cast<double>(n), settings.level));
  result.performance = performance_rows(scenario, *mle, measured, 0.95);
  return result;
}

}  // namespace fisherlab::runs

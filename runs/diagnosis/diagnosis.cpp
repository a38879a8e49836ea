#include "runs/diagnosis/diagnosis.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

#include "base/hash.hpp"
#include "claims/evidence/distribution.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/intervals.hpp"
#include "claims/instruments/probes/performance_measures.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "estimators/error.hpp"
#include "estimators/mle.hpp"
#include "runs/diagnosis/enough.hpp"
#include "runs/diagnosis/error_summaries.hpp"
#include "runs/diagnosis/intervals/closed_worth.hpp"
#include "runs/replicates.hpp"

namespace fisherlab::runs {
namespace {

/// What is counted for each parameter: intervals that hold the truth, and those of which that is known.
enum Count : std::size_t {
  wald_held,
  score_held,
  ratio_held,
  score_known,
  ratio_known,
  wald_above,
  score_above,
  ratio_above,
  counts_of_a_parameter
};

/// Folds for each parameter the error in units of its asymptotic standard error, its square and its law, and whether
/// each of the three intervals holds the truth, as far as that is known.
claims::Probe diagnosis_probe(claims::Law const& law, estimators::AnyEstimator const& mle, std::int64_t n, double z,
                              bool has_profiles) {
  auto const p = law.theta.size();
  auto const target = mle->target(law.theta);
  std::vector<double> units;
  for (std::size_t a = 0; a < p; ++a)
    units.push_back(sim::sqrt(component_bound(law, target, a) / static_cast<double>(n)));
  claims::Probe probe;
  auto const count = static_cast<int>(p);
  probe.shape = {.values = 2 * count, .successes = static_cast<int>(counts_of_a_parameter) * count, .positions = count};
  probe.estimator = mle;
  probe.observe = [p, has_profiles, theta = law.theta, units, z,
                   error_of = estimators::EstimationError(*mle, target.value)](claims::Batch const& batch,
                                                                               sim::Observed& out) {
    for (std::size_t a = 0; a < p; ++a) {
      sim::Lanes const error = error_of(*batch.estimates, a) / units[a];
      out.values[2 * a] = error;
      out.values[2 * a + 1] = error * error;
      out.positions[a] = error;
      auto const held = holds_truth(batch, a, theta[a], z, has_profiles);
      auto* const counts = out.successes.data() + counts_of_a_parameter * a;
      counts[wald_held] = held.wald.held;
      counts[score_held] = held.score.held;
      counts[ratio_held] = held.likelihood_ratio.held;
      counts[score_known] = held.score.known;
      counts[ratio_known] = held.likelihood_ratio.known;
      auto const high = sim::to_set(error > sim::Lanes(0.0));
      auto const above = [high](claims::Holding const& h) {
        return static_cast<sim::LaneSet>(high & h.known & ~h.held);
      };
      counts[wald_above] = above(held.wald);
      counts[score_above] = above(held.score);
      counts[ratio_above] = above(held.likelihood_ratio);
    }
  };
  return probe;
}

ParameterDiagnosis of_parameter(std::string const& name, sim::Tally const& tally, std::size_t a) {
  auto const b = static_cast<int>(2 * a);
  auto const count = static_cast<double>(tally.count);
  auto const v = claims::plain_covariance_estimate(tally, b, 1);
  ParameterDiagnosis d;
  d.parameter = name;
  d.bias_in_std_errors = bias_in_deviations({.mean = tally.moments.mean[2 * a],
                                             .variance = tally.moments.variance(b),
                                             .with_square = tally.moments.covariance(b, b + 1),
                                             .of_square = tally.moments.variance(b + 1)},
                                            count);
  d.variance_ratio = {v.value(0, 0), std::sqrt(v.contribution_covariance(0, 0) / count)};
  d.distance_to_normal = distance_to_normal(tally.positions[a]);
  d.law = tally.positions[a];
  d.distance_band = claims::distribution_band(tally.count, 0.001);
  auto const* const counts = tally.successes.data() + counts_of_a_parameter * a;
  d.wald = share_of(counts[wald_held], tally.count);
  d.score = share_of(counts[score_held], counts[score_known]);
  d.likelihood_ratio = share_of(counts[ratio_held], counts[ratio_known]);
  d.wald_above = share_of(counts[wald_above], tally.count).value;
  d.score_above = share_of(counts[score_above], counts[score_known]).value;
  d.likelihood_ratio_above = share_of(counts[ratio_above], counts[ratio_known]).value;
  d.score_not_found = tally.count - counts[score_known];
  d.likelihood_ratio_not_found = tally.count - counts[ratio_known];
  return d;
}

Diagnosis carried_out(claims::Setting const& setting, bool is_true, std::int64_t n, DiagnosisSettings const& settings) {
  claims::Scenario const scenario{setting, n};
  auto const& law = setting.model;
  auto const mle = estimators::make_mle(law.model);
  claims::Probe const probe =
      diagnosis_probe(law, mle, n, claims::critical_value(settings.level), !settings.without_profiles);
  claims::Probe const measures = performance_probe(law, 0, mle, n, settings.level);
  auto const closed = closed_intervals_of(law, n, settings.level);
  claims::Probe const closed_probe = probe_of(closed, law, mle, is_true);
  sim::Tally tally(probe.shape), measured(measures.shape), closed_tally(closed_probe.shape);
  std::vector<claims::Probe const*> probes = {&probe};
  std::vector<sim::Tally*> tallies = {&tally};
  bool const has_measures = !settings.without_profiles && !settings.without_measures;
  if (has_measures) {
    probes.push_back(&measures);
    tallies.push_back(&measured);
  }
  bool const has_closed = !settings.without_profiles && closed_probe.shape.successes > 0;
  if (has_closed) {
    probes.push_back(&closed_probe);
    tallies.push_back(&closed_tally);
  }
  for (std::int64_t first = 0, last = sim::block_size; first < settings.replicates; first = last, last *= 2) {
    fold_replicates(scenario, probes, {settings.seed, first, std::min(last, settings.replicates)},
                    {settings.threads, settings.stop, settings.advance, settings.stages}, tallies);
    if (last < settings.replicates && is_enough(last, settings)) break;
  }
  Diagnosis result;
  result.n = n;
  result.level = settings.level;
  result.replicates = tally.count + tally.dropped;
  result.failed = tally.dropped;
  std::vector<std::uint64_t> prints = {tally.fingerprint(), measured.fingerprint()};
  if (has_closed) prints.push_back(closed_tally.fingerprint());
  result.fingerprint = fingerprint_text(prints);
  if (tally.count < 2) return result;
  auto const& names = law.model->card().parameters;
  for (std::size_t a = 0; a < names.size(); ++a) {
    result.parameters.push_back(of_parameter(names[a], tally, a));
    auto const target = mle->target(law.theta);
    result.parameters[a].variance_exists =
        moment_exists(law, *mle, n, claims::moments_of_variance, static_cast<int>(a));
    result.parameters[a].theory_std_error = std::sqrt(component_bound(law, target, a) / static_cast<double>(n));
  }
  if (!settings.without_profiles) {
    auto const worths = worths_of(closed, law, n, closed_tally, is_true);
    for (std::size_t a = 0; a < names.size(); ++a) result.parameters[a].further = worths[a];
  }
  if (has_measures) result.performance = performance_rows(scenario, *mle, measured, 0.95);
  return result;
}

}  // namespace

Diagnosis diagnose(claims::Law const& law, std::int64_t n, DiagnosisSettings const& settings) {
  return carried_out({law, law, ""}, true, n, settings);
}

Diagnosis diagnose_under(claims::Setting const& setting, std::int64_t n, DiagnosisSettings const& settings) {
  return carried_out(setting, false, n, settings);
}

}  // namespace fisherlab::runs

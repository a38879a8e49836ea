#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "claims/instruments/maps/scale.hpp"
#include "claims/probe.hpp"

namespace fisherlab::claims {

/// The intervals: Wald with the expected or the observed information at the estimate, Rao's score, the profile
/// likelihood ratio, for a probability of success those of Wilson and of Agresti and Coull, what an estimator reports
/// itself, and those by resampling (resampled_intervals.hpp).
enum class IntervalMethod {
  wald,
  wald_observed,
  score,
  likelihood_ratio,
  wilson,
  agresti_coull,
  reported,
  percentile,
  bca,
  bootstrap_t,
  parametric_percentile,
  parametric_t,
  parametric_bca
};

/// "wald", "wald-observed", "score", ... in the order of the enumeration.
std::vector<std::string> interval_names();
/// @throws InputError for a word that names no interval.
IntervalMethod interval_method(std::string const& name);
std::string interval_name(IntervalMethod method);

/// An interval as a study asks for it; only Wald intervals depend on the scale.
struct IntervalKind {
  IntervalMethod method = IntervalMethod::wald;
  Scale scale = Scale::identity;
  int resamples = 0;  ///< of each sample, where the interval is made of them
};

/// Whether an interval is made of resamples.
constexpr bool is_resampled(IntervalMethod method) { return method >= IntervalMethod::percentile; }

/// "wald", "wald (log scale)", or "bca (199 resamples)".
std::string interval_name(IntervalKind const& kind);

/// @throws InputError when the interval is not one for component `a` of the law's theta, telling why.
void expects_interval(Law const& law, std::size_t a, IntervalKind const& kind);

/// Two-sided standard normal quantile of a level such as 0.95: P(|Z| <= z) = level.
double critical_value(double level);

/// Number of trials behind n observations of a law of successes; nothing for other laws.
std::optional<double> trial_count(Law const& law, std::int64_t n);

/// Wald on the scale f: |f(estimate) - f(truth)| <= z |f'(estimate)| std_error, the delta method mapped back. False
/// where f is not finite at the estimate. A bool or a lane mask.
template <class Real>
auto wald_holds(Scale scale, Real const& estimate, Real const& std_error, double truth, double z) {
  using sim::abs;
  auto const at_estimate = on_scale(scale, estimate);
  return abs(at_estimate.value - on_scale(scale, truth).value) <= z * abs(at_estimate.slope) * std_error;
}

/// Wald with z^2/2 successes and as many failures added to N trials.
/// Source: Agresti and Coull (1998), American Statistician 52, 119-126.
template <class Real>
auto agresti_coull_holds(Real const& estimate, double trials, double truth, double z) {
  using sim::abs, sim::sqrt;
  double const total = trials + z * z;
  Real const centre = (trials * estimate + 0.5 * z * z) / total;
  return abs(centre - truth) <= z * sqrt(centre * (1.0 - centre) / total);
}

/// What is known of eight intervals.
struct Holding {
  sim::LaneSet held = 0;                ///< lanes whose interval holds the truth
  sim::LaneSet known = sim::all_lanes;  ///< lanes in which that was found out
};

/// Whether the intervals for component `a` hold `truth`. Score and likelihood ratio invert the test of theta_a = truth:
/// Rao's score statistic <= z^2, the profile likelihood ratio <= z^2; Wilson's interval is the score interval of a
/// probability, |estimate - truth| <= z sqrt(truth (1 - truth)/N). An angle is covered round the circle.
/// Lanes whose constrained maximum was not found are not known, neither hits nor misses. Lanes without an observed
/// standard error have no Wald interval by it and count as misses.
/// Source of Wilson's: Wilson (1927), J. Amer. Statist. Assoc. 22, 209-212.
Holding held_by(IntervalKind const& kind, Batch const& batch, std::size_t a, double truth, double z);

/// The three intervals of likelihood theory at once; score and likelihood ratio, which share one constrained fit, only
/// where `profile` asks for them.
struct Held {
  Holding wald;
  Holding score;
  Holding likelihood_ratio;
};
Held holds_truth(Batch const& batch, std::size_t a, double truth, double z, bool profile);

}  // namespace fisherlab::claims

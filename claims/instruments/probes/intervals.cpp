#include "claims/instruments/probes/intervals.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <string_view>

#include "base/expects.hpp"
#include "base/special/distributions.hpp"
#include "estimators/profile.hpp"
#include "estimators/std_errors.hpp"
#include "sim/math/is_number.hpp"
#include "sim/models/interface/unwrapped.hpp"

namespace fisherlab::claims {
namespace {

/// In the order of the enumeration.
constexpr std::array<std::string_view, 13> names = {
    "wald",       "wald-observed", "score",       "likelihood-ratio",      "wilson",       "agresti-coull", "reported",
    "percentile", "bca",           "bootstrap-t", "parametric-percentile", "parametric-t", "parametric-bca"};

bool is_wald(IntervalMethod method) {
  return method == IntervalMethod::wald || method == IntervalMethod::wald_observed;
}

/// The estimates of component `a` as they are compared with `truth`: those of an angle nearest to it.
sim::Lanes compared(Batch const& batch, std::size_t a, double truth) {
  auto const domain = batch.scenario.setting.model.model->card().domains[a];
  return sim::unwrapped(domain, batch.estimates->value[a], truth);
}

sim::LaneSet held_by_observed(Scale scale, Batch const& batch, std::size_t a, double truth, double z) {
  auto const& estimates = *batch.estimates;
  std::vector<sim::Lanes> std_errors(estimates.value.size());
  estimators::observed_std_errors(*batch.scenario.setting.model.model, batch.sample, estimates.value.data(),
                                  std_errors.data());
  return to_set(wald_holds(scale, compared(batch, a, truth), std_errors[a], truth, z));
}

/// Whether the intervals that the estimator itself gives hold the truth; those of an angle are moved with the estimate
/// to the turn of the truth.
Holding held_by_reported(Batch const& batch, std::size_t a, double truth) {
  auto const& estimates = *batch.estimates;
  sim::Lanes const turn = compared(batch, a, truth) - estimates.value[a];
  sim::Lanes const lower = estimates.lower[a] + turn, upper = estimates.upper[a] + turn;
  return {to_set((lower <= sim::Lanes(truth)) & (upper >= sim::Lanes(truth))),
          to_set(is_number(lower) & is_number(upper))};
}

}  // namespace

IntervalMethod interval_method(std::string const& name) {
  auto const place = std::find(names.begin(), names.end(), name);
  std::string known;
  for (auto const each : names) known += (known.empty() ? "" : ", ") + std::string(each);
  expects(place != names.end(), "there is no interval named '" + name + "', choose one of: " + known);
  return static_cast<IntervalMethod>(place - names.begin());
}

std::vector<std::string> interval_names() { return {names.begin(), names.end()}; }

std::string interval_name(IntervalMethod method) { return std::string(names[static_cast<std::size_t>(method)]); }

std::string interval_name(IntervalKind const& kind) {
  auto const name = interval_name(kind.method);
  if (is_resampled(kind.method)) return name + " (" + std::to_string(kind.resamples) + " resamples)";
  return kind.scale == Scale::identity ? name : name + " (" + scale_name(kind.scale) + " scale)";
}

void expects_interval(Law const& law, std::size_t a, IntervalKind const& kind) {
  auto const& card = law.model->card();
  bool const for_trials = kind.method == IntervalMethod::wilson || kind.method == IntervalMethod::agresti_coull;
  expects(!for_trials || trial_count(law, 1).has_value(), interval_name(kind.method) +
                                                              " is an interval for a probability of success, and " +
                                                              card.name + " counts no trials; choose another interval");
  expects(kind.scale == Scale::identity || is_wald(kind.method),
          "only Wald intervals depend on the scale, leave scale out or set interval = \"wald\"");
  expects(
      !is_resampled(kind.method) || card.domains[a] != sim::Domain::angle,
      card.parameters[a] + " of " + card.name + " is an angle, whose resamples have no order; name another component");
  expects(fits_domain(kind.scale, card.domains[a]),
          "the scale " + scale_name(kind.scale) + " does not suit " + card.parameters[a] + " of " + card.name +
              ", which may lie where it is not monotone; name another component or scale");
}

double critical_value(double level) {
  expects(level > 0 && level < 1, "the level of an interval lies between 0 and 1, as in 0.95");
  return normal_quantile(0.5 + 0.5 * level);
}

std::optional<double> trial_count(Law const& law, std::int64_t n) {
  auto const& trials = law.model->offers().trials;
  return trials ? std::optional(static_cast<double>(n) * *trials) : std::nullopt;
}

Holding held_by(IntervalKind const& kind, Batch const& batch, std::size_t a, double truth, double z) {
  auto const estimate = compared(batch, a, truth);
  auto const trials = [&] { return trial_count(batch.scenario.setting.model, batch.scenario.n).value(); };
  switch (kind.method) {
    case IntervalMethod::wald:
      return {to_set(wald_holds(kind.scale, estimate, batch.estimates->std_error[a], truth, z))};
    case IntervalMethod::wald_observed:
      return {held_by_observed(kind.scale, batch, a, truth, z)};
    case IntervalMethod::score:
      return holds_truth(batch, a, truth, z, true).score;
    case IntervalMethod::likelihood_ratio:
      return holds_truth(batch, a, truth, z, true).likelihood_ratio;
    case IntervalMethod::wilson:
      return {to_set(abs(estimate - truth) <= sim::Lanes(z * sim::sqrt(truth * (1 - truth) / trials())))};
    case IntervalMethod::reported:
      return held_by_reported(batch, a, truth);
    default:  // those by resampling have a function of their own
      break;
  }
  assert(kind.method == IntervalMethod::agresti_coull);
  return {to_set(agresti_coull_holds(estimate, trials(), truth, z))};
}

Held holds_truth(Batch const& batch, std::size_t a, double truth, double z, bool profile) {
  auto const& estimates = *batch.estimates;
  Held held;
  held.wald = {to_set(wald_holds(Scale::identity, compared(batch, a, truth), estimates.std_error[a], truth, z))};
  if (!profile) return held;
  auto const& model = *batch.scenario.setting.model.model;
  sim::Lanes const log_likelihood = model.log_likelihood(batch.sample, estimates.value.data());
  auto const statistics = estimators::profile_statistics(model, batch.sample, estimates.value.data(), log_likelihood,
                                                         static_cast<int>(a), sim::Lanes(truth));
  auto const by = [critical = sim::Lanes(z * z)](sim::Lanes const& statistic) {
    return Holding{to_set(statistic <= critical), to_set(is_number(statistic))};
  };
  held.score = by(statistics.score);
  held.likelihood_ratio = by(statistics.likelihood_ratio);
  return held;
}

}  // namespace fisherlab::claims

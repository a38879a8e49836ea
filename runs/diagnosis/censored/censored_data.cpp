#include "runs/diagnosis/censored/censored_data.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/expects.hpp"
#include "base/special/distributions.hpp"
#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "estimators/mle.hpp"
#include "runs/data/magnitudes.hpp"
#include "runs/diagnosis/diagnosis.hpp"

namespace fisherlab::runs {
namespace {

/// What an observation needs of the support: itself, and where it lies between two values the upper end.
double deciding_end(estimators::CensoredSample const& sample, std::size_t i) {
  return sample.uppers.empty() || sample.is_observed[i] != 0 ? sample.times[i] : sample.uppers[i];
}

void check_sample(sim::BatchModel const& model, estimators::CensoredSample const& sample, std::string const& name) {
  if (auto const i = first_outside(model, sample))
    throw InputError(
        fmt::format("'{}', observation {}: {} is outside the support ({} needs {}), correct the data or choose another "
                    "model",
                    name, *i + 1, exact_text(deciding_end(sample, *i)), model.card().name, model.card().support));
  if (!sample.uppers.empty())
    return expects(estimators::may_have_maximum(*estimators::life_law(model.card().name), sample),
                   fmt::format("'{}': there may be one value that all observations have, or no lower or no upper end "
                               "(nothing can be said of {}), give more observations",
                               name, fmt::join(model.card().parameters, " and ")));
  auto const seen = std::count(sample.is_observed.begin(), sample.is_observed.end(), 1);
  expects(seen >= 2, fmt::format("'{}' has {} observed end{} (the others are censored; nothing can be said of its "
                                 "spread), give at least two",
                                 name, seen, seen == 1 ? "" : "s"));
}

/// Of where an observation lies; the end where there is one alone.
double middle(double lower, double upper) {
  if (std::isinf(upper)) return lower;
  return std::isinf(lower) || lower <= 0 ? upper : lower + (upper - lower) / 2;
}

/// The estimate that takes all for observed, or in the middle of where they lie: where the search starts.
std::vector<double> start_of(sim::BatchModel const& model, estimators::CensoredSample const& sample) {
  sim::Sample all(static_cast<std::int64_t>(sample.times.size()), 1);
  for (std::size_t i = 0; i < sample.times.size(); ++i)
    all(static_cast<std::int64_t>(i)) = middle(sample.times[i], sample.uppers.empty() ? HUGE_VAL : sample.upper(i));
  std::vector<sim::Lanes> theta(static_cast<std::size_t>(model.parameter_count()));
  bool const found = (estimators::fit(model, all, theta.data()).found & 1u) != 0;
  std::vector<double> start;
  for (auto const& t : theta) start.push_back(t[0]);
  return found ? start : std::vector<double>();
}

}  // namespace

std::optional<std::size_t> first_outside(sim::BatchModel const& model, estimators::CensoredSample const& sample) {
  for (std::size_t i = 0; i < sample.times.size(); ++i) {
    double const x = deciding_end(sample, i);
    if (!std::isinf(x) && !model.in_support({&x, 1})) return i;
  }
  return {};
}

std::int64_t CensoredData::observed() const {
  return std::count(sample.is_observed.begin(), sample.is_observed.end(), 1);
}

CensoredCounts CensoredData::counts() const {
  CensoredCounts counts;
  double const begin = fitted.model->in_support(std::vector{-1.0}) ? -HUGE_VAL : 0;
  for (std::size_t i = 0; i < sample.times.size(); ++i) {
    bool const has_upper = std::isfinite(sample.upper(i));
    auto& count = sample.is_observed[i] != 0 ? counts.observed
                  : !has_upper               ? counts.right
                  : sample.times[i] <= begin ? counts.left
                                             : counts.between;
    ++count;
  }
  return counts;
}

std::optional<estimators::CensoredFit> refit(sim::BatchModel const& model, estimators::CensoredSample const& sample) {
  auto const start = start_of(model, sample);
  if (start.empty()) return {};
  auto const law = estimators::life_law(model.card().name);
  auto fit = estimators::fit_censored(*law, sample, start);
  return fit.found ? std::optional(estimators::with_careful_errors(*law, sample, std::move(fit))) : std::nullopt;
}

estimators::CensoredSample sample_of(Observations const& data) {
  return {data.values, {data.is_observed.begin(), data.is_observed.end()}, data.uppers};
}

CensoredData fit_censored_data(sim::AnyModel const& model, Observations const& data, double level) {
  auto const law = estimators::life_law(model->card().name);
  expects(law != nullptr,
          fmt::format("{} has no likelihood for censored data (--event, --lower and --upper), choose one of {}",
                      model->card().name, fmt::join(estimators::life_law_names(), ", ")));
  CensoredData result{{model, {printable(data.name), std::ssize(data.values), not_known, not_known, data.notes}, {}},
                      law,
                      sample_of(data),
                      {}};
  for (auto const* ends : {&data.values, &data.uppers}) check_magnitudes(*ends, '\'' + result.fitted.data.name + '\'');
  check_sample(*model, result.sample, result.fitted.data.name);
  if (auto fit = refit(*model, result.sample)) result.fit = std::move(*fit);
  expects(result.fit.found, fmt::format("the maximum likelihood estimate of {} does not exist for '{}', choose another "
                                        "model",
                                        model->card().name, result.fitted.data.name));
  auto& fitted = result.fitted.fit;
  fitted.found = true;
  fitted.log_likelihood = result.fit.log_likelihood;
  double const z = normal_quantile(0.5 + 0.5 * level);
  for (std::size_t a = 0; a < result.fit.theta.size(); ++a) {
    estimators::FittedParameter p;
    p.name = model->card().parameters[a];
    p.estimate = result.fit.theta[a];
    p.std_error = p.observed_std_error = result.fit.std_errors[a];
    p.wald = {p.estimate - z * p.std_error, p.estimate + z * p.std_error};
    p.score = estimators::censored_score_interval(*law, result.sample, result.fit, a, z);
    p.likelihood_ratio = estimators::censored_ratio_interval(*law, result.sample, result.fit, a, z);
    p.has_expected = false;
    fitted.parameters.push_back(p);
  }
  return result;
}

}  // namespace fisherlab::runs

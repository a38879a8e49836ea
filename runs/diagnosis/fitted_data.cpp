#include "runs/diagnosis/fitted_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "runs/data/magnitudes.hpp"
#include "runs/studies/parameters.hpp"

namespace fisherlab::runs {
namespace {

/// Refuses what no sample of the model can be, or has no estimate from.
void check_data(sim::BatchModel const& model, std::vector<double> const& values, std::string const& name) {
  auto const& card = model.card();
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (model.in_support({&values[i], 1})) continue;
    bool const is_fraction = is_discrete(model) && values[i] != std::floor(values[i]);
    throw InputError(fmt::format(
        "'{}', observation {}: {} is {} ({} needs {}), correct the data or choose another model", name, i + 1,
        exact_text(values[i]), is_fraction ? "no whole number" : "outside the support", card.name, card.support));
  }
  expects(values.size() >= 2,
          fmt::format("'{}' has one observation (nothing can be said of its spread), give at least two", name));
  auto const [low, high] = std::minmax_element(values.begin(), values.end());
  expects(
      is_discrete(model) || *low < *high,
      fmt::format("'{}' holds {} times the same value {} (the estimate does not exist or means nothing for {}), give "
                  "data that vary",
                  name, values.size(), exact_text(*low), card.name));
}

/// A known end of the support that is the smallest observation was probably read off the data.
void add_note_on_end(FittedData& fitted, std::vector<double> const& values) {
  auto const& lower_end = fitted.model->offers().lower_end;
  if (!lower_end || !fitted.fit.found) return;
  double const least = *std::min_element(values.begin(), values.end());
  if (lower_end(fitted.law().theta, 0) != least) return;
  auto const n = static_cast<double>(values.size());
  fitted.data.notes.push_back(fmt::format(
      "The known constant is the smallest observation, {}: if it was read off the data it is an estimate, the smallest "
      "observation tells nothing of {}, and what is said below is too favourable: as if from {} observations where {} "
      "tell.",
      exact_text(least), fitted.model->card().parameters[0], n, n - 1));
}

/// Of angles, in two sums.
MeanDirection direction_of(std::vector<double> const& angles) {
  double sine = 0, cosine = 0;
  for (double const x : angles) {
    sine += std::sin(x);
    cosine += std::cos(x);
  }
  return {std::atan2(sine, cosine), std::hypot(sine, cosine) / static_cast<double>(angles.size())};
}

/// Observations are angles where a parameter that locates them is one.
bool holds_angles(sim::BatchModel const& model) {
  auto const& domains = model.card().domains;
  return std::find(domains.begin(), domains.end(), sim::Domain::angle) != domains.end();
}

DataSummary summary_of(std::string const& name, std::vector<double> const& values) {
  double mean = 0, squares = 0, count = 0;
  for (double const x : values) {
    count += 1;
    double const step = x - mean;
    mean += step / count;
    squares += step * (x - mean);
  }
  return {.name = name,
          .n = static_cast<std::int64_t>(values.size()),
          .mean = mean,
          .sd = std::sqrt(squares / (count - 1))};
}

/// What can be said of no success, or of nothing but successes, where the model offers an exact law.
std::string exact_interval_text(estimators::FittedModel const& fit, double level) {
  if (fit.parameters.size() != 1) return "";
  for (auto const& [name, bounds] : fit.parameters[0].further)
    if (std::isfinite(bounds.lower) && std::isfinite(bounds.upper) && bounds.lower < bounds.upper)
      return fmt::format("; its {} interval is [{}, {}] at {} %", name, rounded_text(bounds.lower, 4),
                         rounded_text(bounds.upper, 4), rounded_text(100 * level, 4));
  return "";
}

}  // namespace

claims::Law FittedData::law() const {
  claims::Law law{model, {}};
  for (auto const& p : fit.parameters) law.theta.push_back(p.estimate);
  return law;
}

void check_diagnosable(sim::BatchModel const& model) {
  auto const& card = model.card();
  expects(card.regularity == sim::Regularity::regular,
          fmt::format("{} is outside the hypotheses of the theory (it {}), choose a regular model", card.name,
                      card.hypotheses));
  expects(model.dimension() == 1,
          fmt::format("{} has observations of several coordinates, choose a model of single numbers", card.name));
}

FittedData fit_to_data(sim::AnyModel const& model, Observations const& data, double level,
                       estimators::FitWork const& work) {
  auto const& values = data.values;
  auto const name = printable(data.name);
  check_diagnosable(*model);
  check_magnitudes(values, '\'' + name + '\'');
  check_data(*model, values, name);
  FittedData fitted{model, summary_of(name, values), estimators::fit_data(*model, values, level, work)};
  if (holds_angles(*model)) fitted.data.round = direction_of(values);
  fitted.data.notes = data.notes;
  add_note_on_end(fitted, values);
  auto const& card = model->card();
  expects(
      fitted.fit.found,
      fmt::format("no maximum likelihood estimate of {} was found for '{}' (its likelihood has no maximum there, or "
                  "not one that double precision resolves), choose another model",
                  card.name, name));
  auto const problem = theta_problem(*model, fitted.law().theta);
  expects(problem.empty(),
          fmt::format("the estimate from '{}' lies on the edge of {}: {}, so nothing can be simulated there{}", name,
                      card.name, problem, exact_interval_text(fitted.fit, level)));
  return fitted;
}

}  // namespace fisherlab::runs

#include "runs/diagnosis/intervals/lattice_worth.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

#include "claims/instruments/probes/intervals.hpp"
#include "runs/diagnosis/intervals/calibrated_ratio.hpp"
#include "runs/studies/parameters.hpp"

namespace fisherlab::runs {
namespace {

constexpr double negligible = 1e-18, most_totals = 2e5, most_sums = 1e7;

}  // namespace

std::optional<sim::CountedEstimate> LatticeWorth::law_at(double theta) const {
  auto const exact = model_->offers().law_of_estimate({&theta, 1}, 0, n_);
  if (!exact || !std::holds_alternative<sim::CountedEstimate>(*exact)) return {};
  return std::get<sim::CountedEstimate>(*exact);
}

std::optional<LatticeWorth> LatticeWorth::of(claims::Law const& law, std::int64_t n, double level) {
  if (law.theta.size() != 1 || !law.model->offers().law_of_estimate) return {};
  LatticeWorth result;
  result.model_ = law.model;
  result.n_ = n;
  result.level_ = level;
  result.z_ = claims::critical_value(level);
  result.start_ = law.theta[0];
  auto const here = result.law_at(law.theta[0]);
  if (!here || here->last > most_totals) return {};
  result.closed_ = estimators::closed_intervals(*law.model, law.theta, 0, n, level);
  return result;
}

LatticeWorth::Total const& LatticeWorth::total(std::size_t k) {
  auto const here = law_at(start_);
  for (std::size_t next = totals_.size(); next <= k; ++next) {
    auto const outcome = here->outcome(static_cast<double>(next));
    Total added;
    added.estimate = outcome.estimate;
    added.wald = {outcome.estimate - z_ * outcome.std_error, outcome.estimate + z_ * outcome.std_error};
    for (auto const& interval : closed_) added.closed.push_back(interval.ends(outcome.estimate, outcome.std_error));
    added.is_inside = std::isfinite(outcome.estimate) && theta_problem(*model_, {outcome.estimate}).empty();
    if (added.is_inside) added.log_highest = std::log(law_at(outcome.estimate)->probability(static_cast<double>(next)));
    totals_.push_back(std::move(added));
  }
  return totals_[k];
}

double LatticeWorth::ratio(std::size_t k, double probability) {
  return 2 * (total(k).log_highest - std::log(probability));
}

double LatticeWorth::calibrated(std::size_t k) {
  if (!std::isnan(total(k).cut_off)) return total(k).cut_off;
  double cut_off = z_ * z_;
  if (total(k).is_inside) {
    auto const law = *law_at(total(k).estimate);
    std::vector<std::pair<double, double>> ratios;
    for (std::size_t j = 0; static_cast<double>(j) <= law.last; ++j) {
      double const probability = law.probability(static_cast<double>(j));
      if (probability > negligible) ratios.emplace_back(ratio(j, probability), probability);
    }
    std::sort(ratios.begin(), ratios.end());
    double gathered = 0;
    for (auto const& [value, probability] : ratios) {
      gathered += probability;
      cut_off = value;
      if (gathered >= level_ - 1e-12) break;
    }
  }
  totals_[k].cut_off = cut_off;
  return cut_off;
}

std::vector<IntervalWorth> LatticeWorth::at(double theta, bool with_calibrated) {
  std::vector<IntervalWorth> result = {{.name = "Wald"}, {.name = "score"}, {.name = "likelihood-ratio"}};
  for (auto const& interval : closed_) result.push_back({.name = interval.name});
  if (with_calibrated) result.push_back({.name = calibrated_name});
  auto const law = *law_at(theta);
  for (std::size_t k = 0; static_cast<double>(k) <= law.last; ++k) {
    double const probability = law.probability(static_cast<double>(k));
    if (!(probability > negligible)) continue;
    auto const& here = total(k);
    auto const add = [&](std::size_t interval, bool holds) {
      if (holds)
        result[interval].coverage.value += probability;
      else if (here.estimate > theta)
        result[interval].above += probability;
    };
    auto const holds = [theta](estimators::Bounds const& ends) { return ends.lower <= theta && theta <= ends.upper; };
    double const observed = ratio(k, probability);
    add(0, holds(here.wald));
    add(1, std::fabs(law.outcome(static_cast<double>(k)).score) <= z_);
    add(2, observed <= z_ * z_);
    for (std::size_t j = 0; j < closed_.size(); ++j) add(3 + j, holds(here.closed[j]));
    if (with_calibrated) add(result.size() - 1, observed <= calibrated(k) + 1e-9);
  }
  return result;
}

std::vector<CoverageRange> LatticeWorth::range(double lower, double upper, bool with_calibrated) {
  double const each = std::max({law_at(lower)->last, law_at(upper)->last, 1.0});
  auto const steps = std::clamp(std::floor(most_sums / each), 32.0, 512.0);
  std::vector<CoverageRange> result;
  for (double i = 0; i <= steps; ++i) {
    auto const worths = at(lower + (upper - lower) * i / steps, with_calibrated);
    if (result.empty())
      for (auto const& worth : worths) result.push_back({worth.coverage, worth.coverage});
    for (std::size_t j = 0; j < worths.size(); ++j) widen(result[j], worths[j].coverage);
  }
  return result;
}

}  // namespace fisherlab::runs

#include "claims/evidence/rate.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <set>
#include <string>

#include "base/expects.hpp"
#include "base/text/number.hpp"

namespace fisherlab::claims {
namespace {

/// Discrepancies are in units of order one; below this they are rounding, of which no interval knows.
constexpr double rounding = 1e-9;

bool is_usable(Interval const& d) {
  return d.lower > rounding && d.estimate > 0 && d.upper >= d.lower && std::isfinite(d.upper) &&
         std::isfinite(d.estimate);
}

/// Weights 1/width^2 of log d, with narrow intervals counted as a tenth of the widest.
std::vector<double> weights_of(std::vector<RatePoint> const& points) {
  std::vector<double> weights;
  for (auto const& [n, d] : points) weights.push_back(std::log(d.upper / d.lower));
  double const widest = *std::ranges::max_element(weights);
  if (!(widest > 0)) return std::vector<double>(points.size(), 1.0);
  for (double& weight : weights) weight = std::pow(std::max(weight / widest, 0.1), -2);
  return weights;
}

/// The c_i of the slope sum c_i y_i.
std::vector<double> slope_coefficients(std::vector<RatePoint> const& points, std::vector<double> const& weights) {
  double total = 0;
  double mean = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    total += weights[i];
    mean += weights[i] * std::log(points[i].n);
  }
  mean /= total;
  std::vector<double> coefficients;
  double spread = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    double const centred = std::log(points[i].n) - mean;
    coefficients.push_back(weights[i] * centred);
    spread += weights[i] * centred * centred;
  }
  for (double& coefficient : coefficients) coefficient /= spread;
  return coefficients;
}

}  // namespace

Interval no_rate(std::vector<RatePoint> const& points) {
  Interval nothing = vacuous_interval();
  std::vector<double> needed;
  for (auto const& point : points) {
    if (nothing.reason.empty() && !point.discrepancy.reason.empty())
      nothing.reason = "n = " + exact_text(point.n) + ": " + point.discrepancy.reason;
    needed.push_back(point.discrepancy.needed);
  }
  std::ranges::sort(needed);
  if (needed.size() >= 3) nothing.needed = needed[2];  // three sizes are enough
  auto const told = std::ranges::count_if(points, [](RatePoint const& point) { return is_usable(point.discrepancy); });
  if (nothing.reason.empty())
    nothing.reason = "the discrepancy is told from 0 at " + std::to_string(told) + " of " +
                     std::to_string(points.size()) + " sizes, and a rate takes three";
  return nothing;
}

double least_growth(std::vector<RatePoint> const& points, double rate, double least) {
  constexpr double inf = std::numeric_limits<double>::infinity();
  constexpr double largest = 0x1p20;
  double constant = inf;
  for (auto const& [n, d] : points) constant = std::min(constant, d.upper * std::pow(n, rate));
  if (!std::isfinite(constant)) return 1;
  for (double growth = 1; growth <= largest; growth *= 2) {
    auto grown = points;
    for (auto& [n, d] : grown) {
      double const reach = std::isfinite(d.upper) ? (d.upper - d.estimate) / std::sqrt(growth) : 0.0;
      double const at = constant * std::pow(n, -rate);
      d = {at, reach, at - reach, at + reach};
    }
    auto const reached = rate_of_decay(grown);
    if (reached && reached->rate.lower >= least) return std::max(growth / 2, 1.0);
  }
  return inf;
}

std::optional<RateEstimate> rate_of_decay(std::vector<RatePoint> const& points) {
  std::vector<RatePoint> used;
  std::set<double> sizes;
  for (RatePoint const& point : points) {
    expects(point.n > 0 && std::isfinite(point.n),
            "n is not positive and finite (its logarithm is needed), fix the grid");
    if (!is_usable(point.discrepancy)) continue;
    used.push_back(point);
    sizes.insert(point.n);
  }
  if (sizes.size() < 3) return std::nullopt;

  std::vector<double> const slope = slope_coefficients(used, weights_of(used));
  RateEstimate result{.rate = {}, .points = static_cast<int>(used.size())};
  double variance = 0;
  for (std::size_t i = 0; i < used.size(); ++i) {
    Interval const& d = used[i].discrepancy;
    double const c = -slope[i];
    result.rate.estimate += c * std::log(d.estimate);
    result.rate.lower += c * std::log(c > 0 ? d.lower : d.upper);
    result.rate.upper += c * std::log(c > 0 ? d.upper : d.lower);
    variance += std::pow(c * d.std_error / d.estimate, 2);
  }
  result.rate.std_error = std::sqrt(variance);
  return result;
}

}  // namespace fisherlab::claims

#include "claims/evidence/rate.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>

#include "base/expects.hpp"
#include "base/text/number.hpp"

namespace fisherlab::claims {
namespace {

bool is_usable(Interval const& d) {
  return d.lower > 0 && d.estimate > 0 && d.upper >= d.lower && std::isfinite(d.upper) && std::isfinite(d.estimate);
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
  for (auto const& point : points)
    if (nothing.reason.empty() && !point.discrepancy.reason.empty())
      nothing.reason = "n = " + exact_text(point.n) + ": " + point.discrepancy.reason;
  return nothing;
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

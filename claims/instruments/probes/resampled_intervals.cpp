#include "claims/instruments/probes/resampled_intervals.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "base/expects.hpp"
#include "base/special/distributions.hpp"
#include "estimators/resampling/resampling.hpp"

namespace fisherlab::claims {
namespace {

struct Ends {
  double lower, upper;
};

/// (B + 1) p as a place counted from below, 1 to B; a hair more than a whole number is that number.
int place_of(double p, std::size_t count) {
  auto const b = static_cast<double>(count);
  return static_cast<int>(std::clamp(std::floor((b + 1) * p + 1e-9), 1.0, b));
}

/// The number at that place from below, from 1; the order of the others is lost.
double number_at(std::vector<double>& values, int place) {
  auto const at = values.begin() + (place - 1);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

/// The number at share p from below, and at share q from above.
Ends between(std::vector<double>& values, double p, double q) {
  int const high = static_cast<int>(values.size()) + 1 - place_of(q, values.size());
  return {number_at(values, place_of(p, values.size())), number_at(values, high)};
}

/// Efron's acceleration, a sixth of the skewness of the jackknife's influences.
double acceleration(std::vector<double> const& left_out) {
  double mean = 0, squares = 0, cubes = 0;
  for (double const t : left_out) mean += t / static_cast<double>(left_out.size());
  for (double const t : left_out) {
    double const d = mean - t;
    squares += d * d;
    cubes += d * d * d;
  }
  return squares > 0 ? cubes / (6 * squares * std::sqrt(squares)) : 0;
}

/// The levels of BCa: the share below its lower end, and the share above its upper one.
Ends accelerated_shares(std::vector<double> const& values, double estimate, double a, double alpha) {
  auto const count = static_cast<double>(values.size());
  auto const below = std::ranges::count_if(values, [&](double v) { return v < estimate; });
  auto const equal = std::ranges::count(values, estimate);
  double const share = (static_cast<double>(below) + 0.5 * static_cast<double>(equal)) / count;
  double const z0 = normal_quantile(std::clamp(share, 0.5 / count, 1 - 0.5 / count));
  auto const shifted = [&](double z) {
    double const sum = z0 + z, slope = 1 - a * sum;
    // Beyond the pole of the formula lies the whole of that side.
    return slope > 0 ? z0 + sum / slope : std::copysign(HUGE_VAL, sum);
  };
  double const z = normal_quantile(1 - 0.5 * alpha);
  return {normal_cdf(shifted(-z)), normal_cdf(-shifted(z))};
}

std::optional<Ends> ends_of(IntervalKind const& kind, estimators::Estimator const& estimator, Batch const& batch,
                            std::size_t a, int lane, double alpha) {
  auto const& estimates = *batch.estimates;
  bool const is_parametric = kind.method >= IntervalMethod::parametric_percentile;
  estimators::ResamplingPlan const plan{
      is_parametric ? estimators::ResamplingSource::fitted_model : estimators::ResamplingSource::observations,
      kind.resamples};
  std::vector<double> theta;
  for (auto const& value : estimates.value) theta.push_back(value[lane]);
  auto found = estimators::resampled(estimator, *batch.scenario.setting.model.model, batch.sample, lane, theta, plan);
  if (!estimators::are_enough(found, plan)) return std::nullopt;
  auto& values = found.value[a];
  if (kind.method == IntervalMethod::bootstrap_t || kind.method == IntervalMethod::parametric_t) {
    double const error = estimates.std_error[a][lane];
    for (std::size_t b = 0; b < values.size(); ++b) {
      double const distance = values[b] - theta[a];
      values[b] = distance == 0 ? 0 : distance / found.std_error[a][b];
    }
    auto const ends = between(values, 0.5 * alpha, 0.5 * alpha);
    return Ends{theta[a] - error * ends.upper, theta[a] - error * ends.lower};
  }
  if (kind.method != IntervalMethod::bca && kind.method != IntervalMethod::parametric_bca)
    return between(values, 0.5 * alpha, 0.5 * alpha);
  auto const left_out = estimators::left_out_estimates(estimator, batch.sample, lane, a);
  if (left_out.empty()) return std::nullopt;
  auto const shares = accelerated_shares(values, theta[a], acceleration(left_out), alpha);
  return between(values, shares.lower, shares.upper);
}

}  // namespace

Ranks ranks_of(int resamples, double alpha) {
  double const place = std::floor((resamples + 1) * 0.5 * alpha + 1e-9);
  expects(place >= 1, std::to_string(resamples) + " resamples have no place for this level, give at least " +
                          std::to_string(static_cast<int>(std::ceil(2 / alpha - 1 - 1e-9))));
  return {static_cast<int>(place), resamples + 1 - static_cast<int>(place)};
}

Holding held_by_resamples(IntervalKind const& kind, estimators::Estimator const& estimator, Batch const& batch,
                          std::size_t a, double truth, double alpha) {
  Holding result{0, 0};
  for (int lane = 0; lane < sim::lane_count; ++lane) {
    auto const bit = 1u << lane;
    if ((batch.drawn & batch.estimates->found & bit) == 0) continue;
    auto const ends = ends_of(kind, estimator, batch, a, lane, alpha);
    if (!ends) continue;
    result.known = static_cast<sim::LaneSet>(result.known | bit);
    if (ends->lower <= truth && truth <= ends->upper) result.held = static_cast<sim::LaneSet>(result.held | bit);
  }
  return result;
}

}  // namespace fisherlab::claims

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "estimators/censored/censored_fit.hpp"
#include "estimators/censored/surface.hpp"
#include "estimators/coordinates.hpp"
#include "estimators/interval_end.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::estimators {
namespace {

using sim::Lanes;

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

using StatisticAt = std::function<double(double value)>;

/// The end of many observations, whose statistic's root is nearly straight, by secants from Wald's; NaN where they do
/// not settle near it.
double straight_end(StatisticAt const& statistic, Side const& side) {
  constexpr int most_secants = 8;
  double const wanted = std::sqrt(side.critical);
  double before = side.centre, root_before = 0, at = side.centre + side.width;
  for (int k = 0; k < most_secants; ++k) {
    double const value = from_working(side.domain, Lanes(at))[0];
    double const root = std::sqrt(statistic(value));
    if (std::fabs(root - wanted) < 1e-7 * wanted) return value;
    double const next = at + (wanted - root) * (at - before) / (root - root_before);
    bool const is_near = std::fabs(next - side.centre) < 3 * std::fabs(side.width);
    if (!is_near || (next - side.centre) * side.width <= 0) return not_known;
    before = at;
    root_before = root;
    at = next;
  }
  return not_known;
}

/// An end to each side of the estimate.
Bounds bounds_of(StatisticAt const& statistic, sim::Domain domain, CensoredFit const& fit, std::size_t a, double z,
                 std::size_t n) {
  constexpr std::size_t many = 2000;
  double const centre = to_working(domain, Lanes(fit.theta[a]))[0];
  double const width = z * fit.std_errors[a] / slope(domain, Lanes(fit.theta[a])).first[0];
  Statistic const in_lanes = [&](Lanes const& values) {
    Lanes result;
    for (int lane = 0; lane < sim::lane_count; ++lane) result.set(lane, statistic(values[lane]));
    return result;
  };
  auto const end = [&](double reach) {
    Side const side{domain, centre, reach, z * z};
    double const straight = n > many ? straight_end(statistic, side) : not_known;
    return std::isnan(straight) ? interval_end(in_lanes, side) : straight;
  };
  return {end(-width), end(width)};
}

/// Rao's statistic by the derivatives where the other parameter is at its best.
double score_of(Derivatives const& d, std::size_t count, std::size_t a) {
  if (!d.is_definite()) return not_known;
  if (count == 1) return d.gradient[0] * d.gradient[0] / d.diagonal[0];
  std::size_t const b = 1 - a;
  double const efficient = d.gradient[a] - d.mixed / d.diagonal[b] * d.gradient[b];
  return efficient * efficient * d.diagonal[b] / d.determinant();
}

}  // namespace

CensoredFit fit_censored_at(LifeLaw const& law, CensoredSample const& sample, CensoredFit const& fit,
                            Held const& held) {
  constexpr double farthest = 2;  // the tangent of the profile says nothing of what is farther
  auto start = fit.theta;
  start[held.parameter] = held.value;
  if (start.size() == 2) {
    std::size_t const a = held.parameter, b = 1 - a;
    WorkingCoordinates const at(law, fit.theta);
    double const ratio = fit.covariance[sim::packed_index(1, 0)] / fit.covariance[sim::packed_index(a, a)];
    double const along = ratio * at.slope(a, fit.theta[a]) / at.slope(b, fit.theta[b]);
    double const moved = along * at.to_working(a, held.value);
    if (std::isfinite(moved)) start[b] = at.from_working(b, std::clamp(moved, -farthest, farthest));
  }
  return fit_censored(law, sample, start, 1u << held.parameter);
}

CensoredStatistics censored_statistics(LifeLaw const& law, CensoredSample const& sample, CensoredFit const& fit,
                                       Held const& held) {
  auto const restricted = fit_censored_at(law, sample, fit, held);
  if (!restricted.found) return {not_known, not_known};
  Surface const surface(law, sample, restricted.theta);
  auto const d = derivatives_at(surface, {}, (1u << surface.count()) - 1u);
  return {2 * (fit.log_likelihood - restricted.log_likelihood), score_of(d, surface.count(), held.parameter)};
}

double censored_ratio(LifeLaw const& law, CensoredSample const& sample, CensoredFit const& fit, Held const& held) {
  auto const restricted = fit_censored_at(law, sample, fit, held);
  return restricted.found ? 2 * (fit.log_likelihood - restricted.log_likelihood) : not_known;
}

Bounds censored_ratio_interval(LifeLaw const& law, CensoredSample const& sample, CensoredFit const& fit, std::size_t a,
                               double z) {
  return bounds_of(
      [&](double value) {
        return censored_ratio(law, sample, fit, {a, value});
      },
      law.domains()[a], fit, a, z, sample.times.size());
}

Bounds censored_score_interval(LifeLaw const& law, CensoredSample const& sample, CensoredFit const& fit, std::size_t a,
                               double z) {
  auto const statistic = [&](double value) {
    auto const restricted = fit_censored_at(law, sample, fit, {a, value});
    if (!restricted.found) return not_known;
    Surface const surface(law, sample, restricted.theta);
    return score_of(careful_derivatives(surface), surface.count(), a);
  };
  return bounds_of(statistic, law.domains()[a], fit, a, z, sample.times.size());
}

}  // namespace fisherlab::estimators

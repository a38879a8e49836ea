#include "estimators/censored/censored_fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "estimators/censored/surface.hpp"
#include "estimators/coordinates.hpp"
#include "estimators/interval_end.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::estimators {
namespace {

using sim::Lanes;

constexpr double far_away = 300;  ///< a coordinate beyond which no maximum is looked for
constexpr int most_steps = 100;

/// Moves u along the step by the one of eight shares of it that raises the likelihood most; tells whether one does.
bool climb(Surface const& surface, Pair& u, Pair const& step, double& value) {
  auto const points = shares_of_step(u, step);
  Lanes const l = surface(points);
  int best = -1;
  for (int lane = 0; lane < sim::lane_count; ++lane)
    if (l[lane] > value) {
      value = l[lane];
      best = lane;
    }
  if (best >= 0) u = points[static_cast<std::size_t>(best)];
  return best >= 0;
}

}  // namespace

double CensoredSample::upper(std::size_t i) const {
  if (is_observed[i] != 0) return times[i];
  return uppers.empty() ? std::numeric_limits<double>::infinity() : uppers[i];
}

bool may_have_maximum(LifeLaw const& law, CensoredSample const& sample) {
  double largest_lower = -std::numeric_limits<double>::infinity(), smallest_upper = -largest_lower;
  for (std::size_t i = 0; i < sample.times.size(); ++i) {
    largest_lower = std::max(largest_lower, sample.times[i]);
    smallest_upper = std::min(smallest_upper, sample.upper(i));
  }
  bool const has_spread = law.domains().size() == 1 ? largest_lower > 0 : largest_lower >= smallest_upper;
  return std::isfinite(smallest_upper) && has_spread;
}

CensoredFit fit_censored(LifeLaw const& law, CensoredSample const& sample, std::vector<double> const& start,
                         ParameterSet fixed) {
  Surface const surface(law, sample, start);
  Pair u = {};
  double value = surface(u);
  CensoredFit fit;
  bool const has_end = may_have_maximum(law, sample);
  ParameterSet const free = has_end ? ((1u << surface.count()) - 1u) & ~fixed : 0;
  Derivatives d;
  for (int k = 0; k < most_steps && std::isfinite(value) && free != 0 && !fit.found; ++k) {
    d = derivatives_at(surface, u, value, free);
    auto const step = d.step();
    double const distance = step[0] * d.gradient[0] + step[1] * d.gradient[1];  // squared, in standard errors
    if (d.is_definite() && distance < 1e-12) {  // the last step is below rounding of the likelihood
      for (std::size_t a = 0; a < 2; ++a) u[a] += step[a];
      fit.found = true;
    } else if (!climb(surface, u, step, value)) {
      fit.found = d.is_definite() && distance < 1e-7;  // rounding hides the rise, or there is nowhere to go
      break;
    }
    if (std::fabs(u[0]) > far_away || std::fabs(u[1]) > far_away) break;
  }
  // Ends alone may say less than there are parameters: the likelihood then has a ridge, to rounding of differences.
  if (!sample.uppers.empty() && free == 3u)
    fit.found = fit.found && d.determinant() > 1e-6 * d.diagonal[0] * d.diagonal[1];
  if (free == 0) fit.found = has_end && std::isfinite(value);
  fit.theta = surface.theta_at(u);
  fit.log_likelihood = value;
  fit.covariance = covariance_of(surface, d, fit.theta);
  for (std::size_t a = 0; a < fit.theta.size(); ++a)
    fit.std_errors.push_back(std::sqrt(fit.covariance[sim::packed_index(a, a)]));
  return fit;
}

Bounds censored_ratio_interval(LifeLaw const& law, CensoredSample const& sample, CensoredFit const& fit, std::size_t a,
                               double z) {
  auto const domain = law.domains()[a];
  Statistic const statistic = [&](Lanes const& values) {
    Lanes result = std::numeric_limits<double>::quiet_NaN();
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      auto start = fit.theta;
      start[a] = values[lane];
      auto const restricted = fit_censored(law, sample, start, 1u << a);
      if (restricted.found) result.set(lane, 2 * (fit.log_likelihood - restricted.log_likelihood));
    }
    return result;
  };
  double const centre = to_working(domain, Lanes(fit.theta[a]))[0];
  double const width = z * fit.std_errors[a] / slope(domain, Lanes(fit.theta[a])).first[0];
  return {interval_end(statistic, {domain, centre, -width, z * z}),
          interval_end(statistic, {domain, centre, width, z * z})};
}

}  // namespace fisherlab::estimators

#include "estimators/censored/censored_fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "estimators/censored/surface.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::estimators {
namespace {

using sim::Lanes;

constexpr double far_away = 300;  ///< a coordinate beyond which no maximum is looked for
constexpr int most_steps = 100;
constexpr double settled = 1e-8;  ///< of a squared step in standard errors: the next would be its square

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
  CensoredFit fit;
  bool const has_end = may_have_maximum(law, sample);
  ParameterSet const free = has_end ? ((1u << surface.count()) - 1u) & ~fixed : 0;
  auto d = derivatives_at(surface, u, free);
  for (int k = 0; k < most_steps && std::isfinite(d.value) && free != 0; ++k) {
    auto const step = d.step();
    double const distance = step[0] * d.gradient[0] + step[1] * d.gradient[1];  // squared, in standard errors
    Pair const next = {u[0] + step[0], u[1] + step[1]};
    if (d.is_definite() && distance < settled) {
      u = next;
      d.value += distance / 2;
      fit.found = true;
      break;
    }
    if (auto const there = derivatives_at(surface, next, free); there.value > d.value) {
      u = next;
      d = there;
    } else if (climb(surface, u, step, d.value)) {
      d = derivatives_at(surface, u, free);
    } else {
      fit.found = d.is_definite() && distance < 1e-7;  // rounding hides the rise, or there is nowhere to go
      break;
    }
    if (std::fabs(u[0]) > far_away || std::fabs(u[1]) > far_away) break;
  }
  // Ends alone may say less than there are parameters: the likelihood then has a ridge, to rounding of differences.
  if (!sample.uppers.empty() && free == 3u)
    fit.found = fit.found && d.determinant() > 1e-6 * d.diagonal[0] * d.diagonal[1];
  if (free == 0) fit.found = has_end && std::isfinite(d.value);
  fit.theta = surface.theta_at(u);
  fit.log_likelihood = d.value;
  fit.covariance = covariance_of(surface, d, fit.theta);
  for (std::size_t a = 0; a < fit.theta.size(); ++a)
    fit.std_errors.push_back(std::sqrt(fit.covariance[sim::packed_index(a, a)]));
  return fit;
}

}  // namespace fisherlab::estimators

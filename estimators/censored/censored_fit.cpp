#include "estimators/censored/censored_fit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "estimators/coordinates.hpp"
#include "estimators/interval_end.hpp"

namespace fisherlab::estimators {
namespace {

using sim::Lanes;

constexpr double step_length = 1e-4;  ///< of differences: truncation costs the gradient 1e-8, rounding the Hessian 1e-7
constexpr double far_away = 300;      ///< a coordinate beyond which no maximum is looked for
constexpr int most_steps = 100;

/// A point or a direction in the working coordinates, at most two.
using Pair = std::array<double, 2>;

/// The log likelihood in working coordinates: theta_a is its start times exp u_a, or plus u_a times the starting scale.
class Surface {
 public:
  Surface(LifeLaw const& law, CensoredSample const& sample, std::vector<double> const& start)
      : law_(law), sample_(sample), domains_(law.domains()), start_(start) {
    for (std::size_t a = 0; a < domains_.size(); ++a)
      if (domains_[a] == sim::Domain::positive) unit_ = start[a];
  }

  std::size_t count() const { return domains_.size(); }
  double from_working(std::size_t a, double u) const {
    return domains_[a] == sim::Domain::positive ? start_[a] * sim::exp(u) : start_[a] + u * unit_;
  }
  /// d theta_a/d u_a.
  double slope(std::size_t a, double theta) const { return domains_[a] == sim::Domain::positive ? theta : unit_; }

  /// At eight points.
  Lanes operator()(std::array<Pair, sim::lane_count> const& points) const {
    std::array<Lanes, 2> theta = {};
    for (std::size_t a = 0; a < count(); ++a)
      for (int lane = 0; lane < sim::lane_count; ++lane)
        theta[a].set(lane, from_working(a, points[static_cast<std::size_t>(lane)][a]));
    Lanes sum = 0.0, between = 0.0;
    double last = std::numeric_limits<double>::quiet_NaN(), last_upper = last;  // equal ends are common, and dear
    for (std::size_t i = 0; i < sample_.times.size(); ++i) {
      double const x = sample_.times[i];
      if (sample_.is_observed[i] != 0) {
        sum += law_.log_density(x, theta.data());
        continue;
      }
      double const upper = sample_.upper(i);
      if (x != last || upper != last_upper) between = law_.log_between(x, upper, theta.data());
      last = x;
      last_upper = upper;
      sum += between;
    }
    return sum;
  }

 private:
  LifeLaw const& law_;
  CensoredSample const& sample_;
  std::vector<sim::Domain> domains_;
  std::vector<double> start_;
  double unit_ = 1;  ///< of a location
};

/// Gradient and minus the Hessian over the free coordinates, by central differences.
struct Derivatives {
  Pair gradient = {};
  Pair diagonal = {1, 1};  ///< 1 where a coordinate is fixed, so that it does not move
  double mixed = 0;

  double determinant() const { return diagonal[0] * diagonal[1] - mixed * mixed; }
  bool is_definite() const { return diagonal[0] > 0 && diagonal[1] > 0 && determinant() > 0; }
  /// A Newton step where the Hessian is definite, else one along each coordinate.
  Pair step() const {
    if (!is_definite()) return {gradient[0] / std::fabs(diagonal[0]), gradient[1] / std::fabs(diagonal[1])};
    return {(diagonal[1] * gradient[0] - mixed * gradient[1]) / determinant(),
            (diagonal[0] * gradient[1] - mixed * gradient[0]) / determinant()};
  }
};

Derivatives derivatives_at(Surface const& surface, Pair const& u, double value, ParameterSet free) {
  constexpr double h = step_length;
  std::array<Pair, sim::lane_count> points;
  constexpr std::array<Pair, sim::lane_count> directions = {
      {{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {-1, -1}, {1, -1}, {-1, 1}}};
  for (std::size_t k = 0; k < points.size(); ++k)
    for (std::size_t a = 0; a < 2; ++a) points[k][a] = u[a] + ((free >> a & 1u) != 0 ? h * directions[k][a] : 0);
  Lanes const l = surface(points);
  Derivatives d;
  for (std::size_t a = 0; a < 2; ++a) {
    if ((free >> a & 1u) == 0) continue;
    int const lane = static_cast<int>(2 * a);
    d.gradient[a] = (l[lane] - l[lane + 1]) / (2 * h);
    d.diagonal[a] = -(l[lane] - 2 * value + l[lane + 1]) / (h * h);
  }
  if (free == 3u) d.mixed = -(l[4] + l[5] - l[6] - l[7]) / (4 * h * h);
  return d;
}

/// Moves u along the step by the largest of eight shares of it that raises the likelihood most; tells whether one does.
bool climb(Surface const& surface, Pair& u, Pair const& step, double& value) {
  std::array<Pair, sim::lane_count> points;
  double share = 1;
  for (auto& point : points) {
    point = {u[0] + share * step[0], u[1] + share * step[1]};
    share /= 4;
  }
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

std::vector<double> std_errors_of(Surface const& surface, Derivatives const& d, std::vector<double> const& theta) {
  double const none = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> result(theta.size(), none);
  if (!d.is_definite()) return result;
  for (std::size_t a = 0; a < theta.size(); ++a)
    result[a] = surface.slope(a, theta[a]) * std::sqrt(d.diagonal[1 - a] / d.determinant());
  return result;
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
  std::array<Pair, sim::lane_count> here;
  here.fill(u);
  double value = surface(here)[0];
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
  for (std::size_t a = 0; a < surface.count(); ++a) fit.theta.push_back(surface.from_working(a, u[a]));
  fit.log_likelihood = value;
  fit.std_errors = std_errors_of(surface, d, fit.theta);
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

#include "estimators/censored/surface.hpp"

#include <limits>

#include "sim/models/interface/theta.hpp"

namespace fisherlab::estimators {
namespace {

using sim::Lanes;

constexpr double step_length = 1e-4;  ///< of differences: truncation costs the gradient 1e-8, rounding the Hessian 1e-7

}  // namespace

Surface::Surface(LifeLaw const& law, CensoredSample const& sample, std::vector<double> const& start)
    : law_(law), sample_(sample), domains_(law.domains()), start_(start) {
  for (std::size_t a = 0; a < domains_.size(); ++a)
    if (is_log(a)) unit_ = start[a];
}

double Surface::from_working(std::size_t a, double u) const {
  return is_log(a) ? start_[a] * sim::exp(u) : start_[a] + u * unit_;
}

std::vector<double> Surface::theta_at(Pair const& u) const {
  std::vector<double> theta;
  for (std::size_t a = 0; a < count(); ++a) theta.push_back(from_working(a, u[a]));
  return theta;
}

Lanes Surface::of_observation(std::size_t i, Lanes const* theta) const {
  double const x = sample_.times[i];
  return sample_.is_observed[i] != 0 ? law_.log_density(x, theta) : law_.log_between(x, sample_.upper(i), theta);
}

Lanes Surface::operator()(std::array<Pair, sim::lane_count> const& points) const {
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

double Surface::operator()(Pair const& u) const {
  std::array<Pair, sim::lane_count> points;
  points.fill(u);
  return (*this)(points)[0];
}

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

std::vector<double> covariance_of(Surface const& surface, Derivatives const& d, std::vector<double> const& theta) {
  std::vector<double> result(sim::packed_size(theta.size()), std::numeric_limits<double>::quiet_NaN());
  if (!d.is_definite()) return result;
  for (std::size_t a = 0; a < theta.size(); ++a)
    for (std::size_t b = 0; b <= a; ++b)
      result[sim::packed_index(a, b)] = surface.slope(a, theta[a]) * surface.slope(b, theta[b]) *
                                        (a == b ? d.diagonal[1 - a] : -d.mixed) / d.determinant();
  return result;
}

std::array<Pair, sim::lane_count> shares_of_step(Pair const& u, Pair const& step) {
  std::array<Pair, sim::lane_count> points;
  double share = 1;
  for (auto& point : points) {
    point = {u[0] + share * step[0], u[1] + share * step[1]};
    share /= 4;
  }
  return points;
}

}  // namespace fisherlab::estimators

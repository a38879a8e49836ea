#include "estimators/censored/surface.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/models/interface/theta.hpp"

namespace fisherlab::estimators {

using sim::Lanes;

WorkingCoordinates::WorkingCoordinates(LifeLaw const& law, std::vector<double> const& start)
    : domains_(law.domains()), start_(start) {
  for (std::size_t a = 0; a < domains_.size(); ++a)
    if (is_log(a)) unit_ = start[a];
}

Surface::Surface(LifeLaw const& law, CensoredSample const& sample, std::vector<double> const& start)
    : WorkingCoordinates(law, start), law_(law), sample_(sample) {
  std::vector<Ends> all;
  for (std::size_t i = 0; i < sample.times.size(); ++i) {
    double const x = sample.times[i];
    if (sample.is_observed[i] != 0)
      observed_.push_back(x);
    else
      all.push_back({x, sample.upper(i), 1});
  }
  std::ranges::sort(all, {}, [](Ends const& e) { return std::pair(e.lower, e.upper); });
  for (auto const& e : all) {
    bool const is_same = !ends_.empty() && ends_.back().lower == e.lower && ends_.back().upper == e.upper;
    if (is_same)
      ends_.back().count += 1;
    else
      ends_.push_back(e);
  }
}

double WorkingCoordinates::from_working(std::size_t a, double u) const {
  return is_log(a) ? start_[a] * sim::exp(u) : start_[a] + u * unit_;
}

double WorkingCoordinates::to_working(std::size_t a, double theta) const {
  return is_log(a) ? std::log(theta / start_[a]) : (theta - start_[a]) / unit_;
}

std::vector<double> WorkingCoordinates::theta_at(Pair const& u) const {
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
  Lanes sum = law_.log_densities(observed_, theta.data());
  for (auto const& e : ends_) sum += e.count * law_.log_between(e.lower, e.upper, theta.data());
  return sum;
}

double Surface::operator()(Pair const& u) const {
  std::array<Pair, sim::lane_count> points;
  points.fill(u);
  return (*this)(points)[0];
}

Derivatives derivatives_at(Surface const& surface, Pair const& u, ParameterSet free, double h) {
  std::array<Pair, sim::lane_count> points;
  constexpr std::array<Pair, sim::lane_count> directions = {
      {{1, 0}, {-1, 0}, {0, 1}, {0, -1}, {1, 1}, {-1, -1}, {0, 0}, {0, 0}}};
  for (std::size_t k = 0; k < points.size(); ++k)
    for (std::size_t a = 0; a < 2; ++a) points[k][a] = u[a] + ((free >> a & 1u) != 0 ? h * directions[k][a] : 0);
  Lanes const l = surface(points);
  Derivatives d;
  d.value = l[6];
  std::array<double, 2> bends = {};  // second differences
  for (std::size_t a = 0; a < 2; ++a) {
    if ((free >> a & 1u) == 0) continue;
    int const lane = static_cast<int>(2 * a);
    bends[a] = l[lane] - 2 * d.value + l[lane + 1];
    d.gradient[a] = (l[lane] - l[lane + 1]) / (2 * h);
    d.diagonal[a] = -bends[a] / (h * h);
  }
  // Along (1, 1) the second difference is the sum of both and twice the mixed one.
  if (free == 3u) d.mixed = -(l[4] - 2 * d.value + l[5] - bends[0] - bends[1]) / (2 * h * h);
  return d;
}

Derivatives careful_derivatives(Surface const& surface) {
  constexpr double h = 1e-3;
  ParameterSet const all = (1u << surface.count()) - 1u;
  auto d = derivatives_at(surface, {}, all, h);
  auto const wide = derivatives_at(surface, {}, all, 2 * h);
  for (std::size_t a = 0; a < surface.count(); ++a) {
    d.gradient[a] += (d.gradient[a] - wide.gradient[a]) / 3;
    d.diagonal[a] += (d.diagonal[a] - wide.diagonal[a]) / 3;
  }
  d.mixed += (d.mixed - wide.mixed) / 3;
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

#include "claims/evidence/directions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "base/hash.hpp"
#include "sim/random/stream.hpp"
#include "sim/random/stream_key.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr double no_variation = 1e-13;
constexpr double of_no_account = 1e-4;

std::vector<VectorXd> net_of(Index p) {
  std::vector<VectorXd> net;
  for (Index a = 0; a < p; ++a) net.push_back(VectorXd::Unit(p, a));
  for (Index a = 0; a < p; ++a)
    for (Index b = 0; b < a; ++b)
      for (double const sign : {1.0, -1.0})
        net.push_back((VectorXd::Unit(p, a) + sign * VectorXd::Unit(p, b)) * (0.5 * std::numbers::sqrt2));
  if (p == 2)
    for (int k = 1; k < 64; ++k) {
      if (k % 16 == 0) continue;  // an axis or a diagonal, exact above
      double const angle = std::numbers::pi * k / 64;
      net.push_back((VectorXd(2) << std::cos(angle), std::sin(angle)).finished());
    }
  if (p < 3) return net;
  sim::ScalarStream stream({0, stable_hash("directions of the widest reach"), 0});
  for (Index k = 0; k < 100 + 40 * p; ++k) {
    VectorXd u(p);
    for (Index a = 0; a < p; ++a) u(a) = stream.normal();
    net.push_back(u.normalized());
  }
  return net;
}

/// Steps along the axes, halved when none of them climbs.
template <class Height>
VectorXd climbed(VectorXd u, Height const& height) {
  double best = height(u);
  for (double step = 0.1; step > 0.003;) {
    bool higher = false;
    for (Index a = 0; a < u.size(); ++a)
      for (double const sign : {1.0, -1.0}) {
        VectorXd const moved = (u + sign * step * VectorXd::Unit(u.size(), a)).normalized();
        double const there = height(moved);
        if (!(there > best)) continue;
        best = there;
        u = moved;
        higher = true;
      }
    if (!higher) step /= 2;
  }
  return u;
}

FarReach by_law(Directions const& directions, VectorXd const& u, std::int64_t count, FarLevel const& level) {
  auto moments = directions.known(u);
  moments.count = count;
  return far_reach(moments, level);
}

FarReach held_to_law(Directions const& directions, VectorXd const& u, std::int64_t count, FarLevel const& level,
                     FarReach reach) {
  return directions.known ? held_to(reach, by_law(directions, u, count, level)) : reach;
}

}  // namespace

Directions difference_of(Directions const& y, Directions const& z) {
  auto const is_constant = [](Directions const& of, VectorXd const& u) { return of.constant && of.constant(u); };
  Directions result;
  result.along = [=](VectorXd const& u) {
    auto first = y.along(u), second = z.along(u);
    if (is_constant(z, u)) return first;
    if (!is_constant(y, u)) return difference_of(first, second);
    second.mean = -second.mean;
    second.skewness = -second.skewness;
    return second;
  };
  result.constant = [=](VectorXd const& u) { return is_constant(y, u) && is_constant(z, u); };
  if (y.known && z.known)
    result.known = difference_of(Directions(y.known, {y.constant}), Directions(z.known, {z.constant})).along;
  return result;
}

FarReach reach_along(Directions const& directions, VectorXd const& u, FarLevel const& level) {
  auto const moments = directions.along(u);
  if (directions.constant && directions.constant(u)) {
    FarReach none;
    none.valid = true;
    return none;
  }
  return held_to_law(directions, u, moments.count, level, far_reach(moments, level));
}

WidestReach widest_reach(Directions const& directions, Index p, std::int64_t count, FarLevel const& level) {
  auto const net = net_of(p);
  std::vector<SampleMoments> moments;
  std::vector<bool> constant;
  double largest = 0;
  for (auto const& u : net) {
    moments.push_back(directions.along(u));
    constant.push_back(directions.constant && directions.constant(u));
    if (!std::isfinite(moments.back().variance)) return {0, false, "the variance is not finite"};
    if (!constant.back()) largest = std::max(largest, moments.back().variance);
  }
  WidestReach result;
  auto const take = [&](FarReach const& reach) {
    result.reach = std::max({result.reach, reach.up, reach.down});
    if (reach.valid) return;
    if (result.valid) result.reason = reason_for(reach, count, level);
    result.needed = std::max(result.needed, reach.needed_at_least);
    result.valid = false;
  };
  std::vector<std::size_t> moving, any;
  for (std::size_t k = 0; k < net.size(); ++k) {
    if (constant[k]) continue;
    any.push_back(k);
    if (moments[k].variance > of_no_account * largest) moving.push_back(k);
  }
  auto const look = [&](std::vector<std::size_t> const& among, auto const& at, auto const& height) {
    auto const best = *std::max_element(among.begin(), among.end(), [&](std::size_t a, std::size_t b) {
      return height(at(net[a])) < height(at(net[b]));
    });
    take(at(p == 1 ? net[best] : climbed(net[best], [&](VectorXd const& u) { return height(at(u)); })));
  };
  auto const x_of = [](FarReach const& reach) { return reach.x; };
  auto const h_of = [](FarReach const& reach) { return reach.h; };
  if (directions.known && !any.empty()) {
    double largest_by_law = 0;
    for (auto const k : any) largest_by_law = std::max(largest_by_law, directions.known(net[k]).variance);
    auto const guard = [&](VectorXd const& u) {
      FarReach reach;
      reach.valid = true;
      if (directions.known(u).variance > of_no_account * largest_by_law) reach = by_law(directions, u, count, level);
      reach.up = reach.down = 0;  // it tells whether there is an interval, not how wide it is
      return reach;
    };
    look(any, guard, x_of);
    look(any, guard, h_of);
    if (!result.valid) return result;
  }
  for (auto const k : any) {
    if (moments[k].variance > no_variation * largest) continue;
    if (moments[k].variance > 0)
      return {0, false, "too heavy-tailed: one direction varies 1e13 times as much as another"};
    take(far_reach({moments[k].mean, 0, count}, level));
  }
  if (moving.empty() || !result.valid) return result;
  auto const at = [&](VectorXd const& u) {
    auto const here = directions.along(u);
    return here.variance > of_no_account * largest ? far_reach(here, level) : FarReach{};
  };
  look(moving, at, x_of);
  look(moving, at, h_of);
  look(moving, at, [](FarReach const& reach) { return std::max(reach.up, reach.down); });
  return result;
}

}  // namespace fisherlab::claims

#include "claims/evidence/directions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
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
  auto reach = far_reach(moments, level);
  if (!reach.valid) reach.needed_at_least = reach.needed;  // known, not estimated
  return reach;
}

FarReach held_to_law(Directions const& directions, VectorXd const& u, std::int64_t count, FarLevel const& level,
                     FarReach reach) {
  return directions.known ? held_to(reach, by_law(directions, u, count, level)) : reach;
}

/// What the search has found so far.
class Widest {
 public:
  Widest(std::vector<VectorXd> const& net, std::int64_t count, FarLevel const& level)
      : net_(net), count_(count), level_(level) {}

  WidestReach const& result() const { return result_; }

  void take(FarReach const& reach) {
    result_.reach = std::max({result_.reach, reach.up, reach.down});
    if (reach.valid) return;
    if (result_.valid) result_.reason = reason_for(reach, count_, level_);
    result_.needed = std::max(result_.needed, reach.needed_at_least);
    result_.valid = false;
  }

  /// Climbs from the highest direction of the net, whose reaches are known.
  template <class At, class Height>
  void climb(std::map<std::size_t, FarReach> const& of_net, At const& at, Height const& height) {
    auto const best = std::max_element(of_net.begin(), of_net.end(), [&](auto const& a, auto const& b) {
      return height(a.second) < height(b.second);
    });
    bool const is_line = net_[0].size() == 1;
    take(is_line ? best->second : at(climbed(net_[best->first], [&](VectorXd const& u) { return height(at(u)); })));
  }
  template <class At>
  void climb_guards(std::map<std::size_t, FarReach> const& of_net, At const& at) {
    climb(of_net, at, [](FarReach const& reach) { return reach.x; });
    climb(of_net, at, [](FarReach const& reach) { return reach.h; });
  }

  /// Whether there is an interval by the moments of the law, in the directions `any` of the net.
  void hold_to_law(Directions const& directions, std::vector<std::size_t> const& any) {
    double largest = 0;
    for (auto const k : any) largest = std::max(largest, directions.known(net_[k]).variance);
    auto const guard = [&](VectorXd const& u) {
      FarReach reach;
      reach.valid = true;
      if (directions.known(u).variance > of_no_account * largest) reach = by_law(directions, u, count_, level_);
      reach.up = reach.down = 0;  // it does not tell how wide the interval is
      return reach;
    };
    std::map<std::size_t, FarReach> of_net;
    for (auto const k : any) of_net[k] = guard(net_[k]);
    climb_guards(of_net, guard);
  }

 private:
  std::vector<VectorXd> const& net_;
  std::int64_t count_;
  FarLevel const& level_;
  WidestReach result_;
};

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
  std::vector<std::size_t> any;
  double largest = 0;
  for (std::size_t k = 0; k < net.size(); ++k) {
    moments.push_back(directions.along(net[k]));
    if (!std::isfinite(moments.back().variance)) return {0, false, "the variance is not finite"};
    if (directions.constant && directions.constant(net[k])) continue;
    any.push_back(k);
    largest = std::max(largest, moments.back().variance);
  }
  Widest widest(net, count, level);
  if (directions.known && !any.empty()) widest.hold_to_law(directions, any);
  if (!widest.result().valid) return widest.result();
  std::map<std::size_t, FarReach> moving;
  for (auto const k : any) {
    if (moments[k].variance > of_no_account * largest) moving[k] = far_reach(moments[k], level);
    if (moments[k].variance > no_variation * largest) continue;
    if (moments[k].variance > 0)
      return {0, false, "too heavy-tailed: one direction varies 1e13 times as much as another"};
    widest.take(far_reach({moments[k].mean, 0, count}, level));
  }
  if (moving.empty() || !widest.result().valid) return widest.result();
  auto const at = [&](VectorXd const& u) {
    auto const here = directions.along(u);
    return here.variance > of_no_account * largest ? far_reach(here, level) : FarReach{};
  };
  widest.climb_guards(moving, at);
  widest.climb(moving, at, [](FarReach const& reach) { return std::max(reach.up, reach.down); });
  return widest.result();
}

}  // namespace fisherlab::claims

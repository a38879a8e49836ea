#include "claims/influence/network_evidence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "base/statistics/agreement.hpp"

namespace fisherlab::claims {
namespace {

namespace influence = estimators::influence;
using influence::Matrix;
using influence::Vector;

constexpr int divisions = 20;

Vector correlations(Matrix const& predicted, Matrix const& actual) {
  Vector result(predicted.cols());
  for (Eigen::Index t = 0; t < predicted.cols(); ++t) {
    Vector const x = ranks(predicted.col(t)).array() - 0.5 * static_cast<double>(predicted.rows() + 1);
    Vector const y = ranks(actual.col(t)).array() - 0.5 * static_cast<double>(predicted.rows() + 1);
    result[t] = x.dot(y) / std::sqrt(x.squaredNorm() * y.squaredNorm());
  }
  return result;
}

/// Least squares slope of y on x.
double slope(Vector const& x, Vector const& y) {
  Vector const about = x.array() - x.mean();
  return about.dot(y) / about.squaredNorm();
}

Vector depths_of(NetworkGrid const& grid) {
  Vector x(static_cast<Eigen::Index>(grid.depths.size()));
  for (std::size_t k = 0; k < grid.depths.size(); ++k) x[static_cast<Eigen::Index>(k)] = grid.depths[k];
  return x;
}

Vector log_penalties_of(NetworkGrid const& grid) {
  Vector x(static_cast<Eigen::Index>(grid.penalties.size()));
  for (std::size_t k = 0; k < grid.penalties.size(); ++k)
    x[static_cast<Eigen::Index>(k)] = std::log10(grid.penalties[k]);
  return x;
}

/// worst_point_z of the networks of one split, depths x penalties; NaN where a network failed.
Matrix split_z(NetworkTable const& table, int split) {
  auto const& grid = table.grid();
  Matrix z(static_cast<Eigen::Index>(grid.depths.size()), static_cast<Eigen::Index>(grid.penalties.size()));
  for (Eigen::Index d = 0; d < z.rows(); ++d)
    for (Eigen::Index k = 0; k < z.cols(); ++k)
      z(d, k) = worst_point_z(table.at(split, static_cast<std::size_t>(d), static_cast<std::size_t>(k)));
  return z;
}

/// `value` of each split, dropped where it is no number.
template <class Value>
OverSplits over_splits(NetworkTable const& table, Value const& value) {
  OverSplits sample;
  for (int split = 0; split < table.grid().splits; ++split) {
    double const one = value(split);
    if (std::isfinite(one)) {
      sample.values.push_back(one);
    } else {
      ++sample.dropped;
    }
  }
  return sample;
}

/// The slope on log10 l2 at each depth.
Vector slopes_at_depths(NetworkTable const& table, int split) {
  Matrix const z = split_z(table, split);
  Vector const x = log_penalties_of(table.grid());
  Vector slopes(z.rows());
  for (Eigen::Index d = 0; d < z.rows(); ++d) slopes[d] = slope(x, z.row(d).transpose());
  return slopes;
}

}  // namespace

Vector rank_correlations(Network const& network) { return correlations(network.predicted, network.actual); }

double worst_point_z(Network const& network) {
  if (!network.failure.empty()) return std::numeric_limits<double>::quiet_NaN();
  auto const r = correlations(network.predicted.col(network.worst), network.actual.col(network.worst))[0];
  return fisher_z(r, network.predicted.rows());
}

std::size_t NetworkTable::place_of(double l2) const {
  auto const found = std::find(grid_.penalties.begin(), grid_.penalties.end(), l2);
  expects(found != grid_.penalties.end(), "no network has this penalty, choose one of the grid");
  return static_cast<std::size_t>(found - grid_.penalties.begin());
}

OverSplits depth_slopes(NetworkTable const& table, double l2) {
  auto const place = static_cast<Eigen::Index>(table.place_of(l2));
  Vector const x = depths_of(table.grid());
  return over_splits(table, [&](int split) { return slope(x, split_z(table, split).col(place)); });
}

OverSplits penalty_slopes(NetworkTable const& table) {
  return over_splits(table, [&](int split) { return slopes_at_depths(table, split).mean(); });
}

OverSplits interactions(NetworkTable const& table) {
  // In a full grid the coefficient of the product is the slope on depth of the slopes on log10 l2.
  Vector const x = depths_of(table.grid());
  return over_splits(table, [&](int split) { return slope(x, slopes_at_depths(table, split)); });
}

double spread_between_halves(Network const& network, std::vector<int> const& order) {
  auto const middle = order.begin() + std::ssize(order) / 2;
  auto const of = [&](auto first, auto last) -> Vector {
    std::vector<int> const rows(first, last);
    Vector const r = correlations(network.predicted(rows, Eigen::all), network.actual(rows, Eigen::all));
    return r.array() - r.mean();
  };
  Vector const one = of(order.begin(), middle);
  return one.dot(of(middle, order.end())) / static_cast<double>(one.size() - 1);
}

OverSplits excess_spreads(NetworkTable const& table, double l2, std::uint64_t seed) {
  auto const place = table.place_of(l2);
  auto const of_network = [&](Network const& network) {
    if (!network.failure.empty()) return std::numeric_limits<double>::quiet_NaN();
    auto const purpose = stable_hash("influence networks halves, depth " + std::to_string(network.depth));
    double mean = 0;
    for (int k = 0; k < divisions; ++k) {
      auto const replicate = static_cast<std::uint64_t>(network.split) * divisions + static_cast<std::uint64_t>(k);
      auto const order = influence::shuffled(static_cast<int>(network.actual.rows()), {seed, purpose, replicate});
      mean += spread_between_halves(network, order) / divisions;
    }
    return mean;
  };
  return over_splits(table, [&](int split) {
    double mean = 0;
    for (std::size_t depth = 0; depth < table.grid().depths.size(); ++depth)
      mean += of_network(table.at(split, depth, place)) / static_cast<double>(table.grid().depths.size());
    return mean;
  });
}

Bounded over_shuffles(std::span<Network const* const> networks, int count, std::uint64_t seed,
                      double (*figure)(Network const&)) {
  std::vector<Network> kept;
  for (auto const* const network : networks)
    if (network->failure.empty()) kept.push_back(*network);
  expects(!kept.empty(), "no network ended in a minimum, so there is none whose effects could be shuffled");
  Bounded sample;
  sample.count = count;
  for (int k = 0; k < count; ++k) {
    auto shuffled = kept[static_cast<std::size_t>(k) % kept.size()];
    auto const order =
        influence::shuffled(static_cast<int>(shuffled.actual.rows()),
                            {seed, stable_hash("influence networks shuffle"), static_cast<std::uint64_t>(k)});
    shuffled.actual = shuffled.actual(order, Eigen::all).eval();
    sample.mean += figure(shuffled) / count;
  }
  return sample;
}

}  // namespace fisherlab::claims

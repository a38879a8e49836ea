#pragma once

#include <span>

#include "claims/influence/networks.hpp"
#include "claims/influence/over_splits.hpp"

namespace fisherlab::claims {

/// Rank correlation of predicted and actual effects over the rows removed, for each test point; NaN where all
/// predictions or all effects are equal.
estimators::influence::Vector rank_correlations(Network const& network);

/// Fisher's z of that of the test point of largest loss.
double worst_point_z(Network const& network);

/// Where a network of a grid stands in the list that train_networks() gives.
class NetworkTable {
 public:
  NetworkTable(NetworkGrid const& grid, std::span<Network const> networks) : grid_(grid), networks_(networks) {}

  NetworkGrid const& grid() const { return grid_; }
  std::span<Network const> all() const { return networks_; }
  Network const& at(int split, std::size_t depth, std::size_t penalty) const {
    auto const of_split = static_cast<std::size_t>(split) * grid_.depths.size() + depth;
    return networks_[of_split * grid_.penalties.size() + penalty];
  }
  /// The place of a penalty in the grid.
  std::size_t place_of(double l2) const;

 private:
  NetworkGrid const& grid_;
  std::span<Network const> networks_;
};

/// The slope of worst_point_z on depth at penalty l2, one a split.
OverSplits depth_slopes(NetworkTable const& table, double l2);

/// The slope of worst_point_z on log10 l2, mean over depths, one a split: the growth of z when the penalty is ten times
/// as large.
OverSplits penalty_slopes(NetworkTable const& table);

/// How that slope changes with depth: the coefficient of (depth - mean) (log10 l2 - mean) in least squares, one a
/// split.
OverSplits interactions(NetworkTable const& table);

/// Covariance over test points of the rank correlation on one half of the rows removed with that on the other half,
/// divisor T - 1. Its mean is the variance of the true correlations: the halves share no row, so what the choice of
/// rows adds to one is independent of the other, and what it adds to all test points alike is no spread. A bootstrap of
/// the rows, by which the noise could be subtracted instead, draws rows twice; in simulations of 20 to 99 rows with
/// correlations above 0.95 it took 1.7 to 8 times too much off. `order` (n) names the rows, the first half of it being
/// one half.
double spread_between_halves(Network const& network, std::vector<int> const& order);

/// The mean of it over 20 random divisions of the rows at penalty l2, mean over depths, one a split.
OverSplits excess_spreads(NetworkTable const& table, double l2, std::uint64_t seed);

/// The mean of `figure` over networks whose actual effects stand in a random order, the same for all their test points:
/// `count` orders, network after network. @throws InputError when every network failed.
Bounded over_shuffles(std::span<Network const* const> networks, int count, std::uint64_t seed,
                      double (*figure)(Network const&));

}  // namespace fisherlab::claims

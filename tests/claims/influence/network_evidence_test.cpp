#include "claims/influence/network_evidence.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "base/statistics/agreement.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::claims {
namespace {

using estimators::influence::Vector;

NetworkGrid grid_of(int splits) {
  NetworkGrid grid;
  grid.splits = splits;
  grid.depths = {1, 2, 4};
  grid.penalties = {0.001, 0.01, 0.1};
  return grid;
}

/// Networks whose predictions are actual effects plus noise of standard deviation `noise(network, test point)`.
using Noise = std::function<double(Network const&, Eigen::Index point)>;
std::vector<Network> networks_of(NetworkGrid const& grid, Noise const& noise, int rows = 60, int points = 30) {
  std::vector<Network> networks;
  for (int split = 0; split < grid.splits; ++split)
    for (int const depth : grid.depths)
      for (double const l2 : grid.penalties) {
        Network network;
        network.split = split;
        network.depth = depth;
        network.l2 = l2;
        sim::Stream<double> stream({5, stable_hash("planted networks"), networks.size()});
        network.actual.resize(rows, points);
        network.predicted.resize(rows, points);
        for (Eigen::Index t = 0; t < points; ++t)
          for (Eigen::Index k = 0; k < rows; ++k) {
            network.actual(k, t) = stream.normal();
            network.predicted(k, t) = network.actual(k, t) + noise(network, t) * stream.normal();
          }
        networks.push_back(network);
      }
  return networks;
}

/// The mean over its standard error.
double studentised(OverSplits const& sample) {
  auto const count = static_cast<double>(sample.values.size());
  double const mean = std::accumulate(sample.values.begin(), sample.values.end(), 0.0) / count;
  double square = 0;
  for (double const value : sample.values) square += (value - mean) * (value - mean);
  return mean / std::sqrt(square / (count - 1) / count);
}

TEST(NetworkTable, FindsTheNetworksOfTheGrid) {
  auto const grid = grid_of(3);
  auto const networks = networks_of(
      grid, [](auto const&, auto) { return 1.0; }, 5, 2);
  NetworkTable const table(grid, networks);
  int found = 0;
  for (int split = 0; split < 3; ++split)
    for (std::size_t d = 0; d < 3; ++d)
      for (std::size_t k = 0; k < 3; ++k) {
        auto const& network = table.at(split, d, k);
        EXPECT_EQ(network.split, split);
        EXPECT_EQ(network.depth, grid.depths[d]);
        EXPECT_EQ(network.l2, grid.penalties[k]);
        ++found;
      }
  EXPECT_EQ(found, 27);
}

TEST(RankCorrelations, AreSpearmans) {
  auto const networks = networks_of(grid_of(1), [](auto const&, auto) { return 0.7; });
  Vector const r = rank_correlations(networks[4]);
  for (Eigen::Index t = 0; t < r.size(); ++t)
    EXPECT_NEAR(r[t], agreement(networks[4].predicted.col(t), networks[4].actual.col(t)).spearman, 1e-14);
}

TEST(DepthSlopes, AreThoseThatWerePlanted) {
  auto const grid = grid_of(40);
  // Noise e gives about the correlation 1/sqrt(1 + e^2), so z = asinh(1/e) falls by about log 2 for each doubling of e.
  auto const worse = networks_of(grid, [](Network const& n, auto) { return 0.2 * std::pow(2.0, n.depth); });
  auto const even = networks_of(grid, [](auto const&, auto) { return 0.5; });
  auto const better = networks_of(grid, [](Network const& n, auto) { return 2 * std::pow(2.0, -n.depth); });
  EXPECT_LT(studentised(depth_slopes({grid, worse}, 0.01)), -10);
  EXPECT_GT(studentised(depth_slopes({grid, better}, 0.01)), 10);
  EXPECT_LT(std::fabs(studentised(depth_slopes({grid, even}, 0.01))), 4);
  EXPECT_EQ(depth_slopes({grid, even}, 0.01).values.size(), 40U);
}

TEST(DepthSlopes, DropASplitWithAFailedNetworkAndNoOther) {
  auto const grid = grid_of(5);
  auto networks = networks_of(
      grid, [](auto const&, auto) { return 0.5; }, 10, 2);
  networks[9 + 4].failure = "split 1, depth 2, l2 0.01 has no minimum";
  auto const at = [&](double l2) { return depth_slopes({grid, networks}, l2); };
  EXPECT_EQ(at(0.01).values.size(), 4U);
  EXPECT_EQ(at(0.01).dropped, 1);
  EXPECT_EQ(at(0.1).dropped, 0);
  EXPECT_EQ(penalty_slopes({grid, networks}).dropped, 1);
  EXPECT_EQ(interactions({grid, networks}).dropped, 1);
}

TEST(PenaltySlopes, AndTheirChangeWithDepthAreThoseThatWerePlanted) {
  auto const grid = grid_of(40);
  auto const helps = networks_of(grid, [](Network const& n, auto) { return 0.03 / std::sqrt(n.l2); });
  EXPECT_GT(studentised(penalty_slopes({grid, helps})), 10);
  EXPECT_LT(std::fabs(studentised(interactions({grid, helps}))), 4);
  auto const helps_deep =
      networks_of(grid, [](Network const& n, auto) { return 0.5 * std::pow(n.l2 / 0.01, -0.2 * (n.depth - 1)); });
  EXPECT_GT(studentised(interactions({grid, helps_deep})), 10);
  auto const harms = networks_of(grid, [](Network const& n, auto) { return 5 * std::sqrt(n.l2); });
  EXPECT_LT(studentised(penalty_slopes({grid, harms})), -10);
}

TEST(ExcessSpreads, AreZeroWhereTestPointsDifferByTheRowsRemovedAlone) {
  auto const grid = grid_of(60);
  for (double const noise : {0.1, 0.5, 2.0}) {
    auto const alike = networks_of(grid, [&](auto const&, auto) { return noise; });
    EXPECT_LT(std::fabs(studentised(excess_spreads({grid, alike}, 0.01, 1))), 4) << noise;
  }
}

TEST(ExcessSpreads, AreTheVarianceOfTheTrueCorrelations) {
  auto const grid = grid_of(40);
  auto const differ = networks_of(grid, [](auto const&, Eigen::Index t) { return t % 2 == 0 ? 0.3 : 1.5; });
  auto const sample = excess_spreads({grid, differ}, 0.01, 1);
  EXPECT_GT(studentised(sample), 10);
  // Spearman's correlation of normal pairs with correlation rho: (6/pi) asin(rho/2).
  auto const spearman = [](double e) { return 6 / std::acos(-1.0) * std::asin(0.5 / std::sqrt(1 + e * e)); };
  double const half = (spearman(0.3) - spearman(1.5)) / 2;
  double const mean = std::accumulate(sample.values.begin(), sample.values.end(), 0.0) / 40;
  EXPECT_NEAR(mean, half * half * 30 / 29, 0.1 * half * half);
}

TEST(OverShuffles, LoseTheCorrelation) {
  auto const networks = networks_of(
      grid_of(1), [](auto const&, auto) { return 0.0; }, 20, 3);
  std::vector<Network const*> chosen;
  for (auto const& network : networks) chosen.push_back(&network);
  auto const first = [](Network const& network) { return rank_correlations(network)[0]; };
  EXPECT_NEAR(rank_correlations(networks[0])[0], 1, 1e-15);
  auto const sample = over_shuffles(chosen, 1000, 3, first);
  EXPECT_LT(std::fabs(sample.mean), 4 / std::sqrt(19.0 * 1000));  // Var r = 1/(rows - 1)
  EXPECT_EQ(sample.count, 1000);
}

}  // namespace
}  // namespace fisherlab::claims

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include "estimators/influence/problems/problems.hpp"
#include "estimators/influence/removals/effects.hpp"
#include "tests/support/influence_tables.hpp"

namespace fisherlab::estimators::influence {
namespace {

constexpr double l2 = 5e-3;
constexpr int width = 5;
constexpr int most_influential = 30;
constexpr std::array<double, 5> shares = {1.0 / 256, 1.0 / 64, 1.0 / 16, 1.0 / 4, 1};

/// A tanh network on all 150 flowers.
struct Network {
  Network(int depth, std::uint64_t seed)
      : data(test::standardised_iris()),
        risk(mean_risk(network_problem(data, {.depth = depth, .width = width}), data, l2)),
        minimum(checked_minimum(risk, train(risk, risk.problem.start(seed), {.first_lbfgs = 200}))) {}

  Data data;
  Risk risk;
  Minimum minimum;
};

/// The rows whose removal moves theta most, to first order.
std::vector<int> rows_that_matter(Matrix const& removals) {
  Vector const size = removals.rowwise().norm();
  std::vector<int> rows(static_cast<std::size_t>(size.size()));
  std::iota(rows.begin(), rows.end(), 0);
  std::sort(rows.begin(), rows.end(), [&](int a, int b) { return size[a] > size[b]; });
  rows.resize(most_influential);
  return rows;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

/// For each share q the ratios actual/(q x predicted) of the rows, measured along the predicted change of theta.
std::array<std::vector<double>, shares.size()> path_ratios(Network const& network, Convention convention,
                                                           double predicted_times) {
  Minimum const& minimum = network.minimum;
  Matrix const removals =
      predicted_times * first_order_removals(minimum, convention, InverseHessian(minimum.risk, minimum.theta));
  std::array<std::vector<double>, shares.size()> ratios;
  for (int const row : rows_that_matter(removals)) {
    auto const path = eps_path(minimum, row, convention, std::vector<double>(shares.begin(), shares.end()));
    Vector const rate = removals.row(row).transpose();
    for (std::size_t i = 0; i < shares.size(); ++i)
      ratios[i].push_back(rate.dot(path[i] - minimum.theta) / (shares[i] * rate.squaredNorm()));
  }
  return ratios;
}

/// Median of the ratio less 1 at q = 1/256, ..., 1, as first measured; which rows and starts gave them was not noted.
struct MeasuredPath {
  int depth;
  std::array<double, shares.size()> excess;
};
constexpr MeasuredPath measured_paths[] = {{1, {0.0004, 0.0016, 0.0064, 0.026, 0.105}},
                                           {4, {0.0006, 0.0025, 0.0102, 0.031, 0.14}}};

TEST(NetworkPath, LeavesTheMinimumAtTheRateOfTheFirstOrder) {
  for (auto const& [depth, excess] : measured_paths)
    for (Convention const convention : {Convention::mean, Convention::total}) {
      auto const ratios = path_ratios(Network(depth, 1), convention, 1);
      for (std::size_t i = 0; i < shares.size(); ++i) {
        ASSERT_EQ(ratios[i].size(), static_cast<std::size_t>(most_influential));
        // The medians depend on the rows and the start, so they are held to a factor of two.
        EXPECT_GT(median(ratios[i]) - 1, excess[i] / 2) << "depth " << depth << ", share " << shares[i];
        EXPECT_LT(median(ratios[i]) - 1, excess[i] * 2) << "depth " << depth << ", share " << shares[i];
      }
      // What holds for every row: 1 + a q + b q^2 through the three least shares ends at 1.
      for (std::size_t k = 0; k < ratios[0].size(); ++k) {
        double const end = (64 * ratios[0][k] - 20 * ratios[1][k] + ratios[2][k]) / 45;
        EXPECT_NEAR(end, 1, 1e-4) << "depth " << depth << ", place " << k;
        EXPECT_NEAR(ratios[0][k], 1, 0.01) << "depth " << depth << ", place " << k;
      }
    }
}

TEST(NetworkPath, RefutesAPredictionTwiceTooLarge) {
  auto const ratios = path_ratios(Network(1, 1), Convention::mean, 2);
  EXPECT_NEAR(median(ratios[0]), 0.5, 0.001);
}

TEST(NetworkRefit, IsAMinimumThatAJitteredStartFindsAgain) {
  Network const network(1, 1);
  auto const groups = each_row(network.data.rows());
  auto const refits = refit_without(network.minimum, groups, Convention::mean);
  ASSERT_EQ(refits.size(), 150u);
  for (Refit const& refit : refits) {
    EXPECT_EQ(refit.trained.status, TrainStatus::converged);
    Vector const theta = network.minimum.theta + refit.change;
    EXPECT_LE(without(network.risk, refit.rows, Convention::mean).gradient(theta).norm(), 1e-10);
  }
  EXPECT_LE(largest_difference(refits, jittered_refits(network.minimum, groups, Convention::mean, 1e-3, {.seed = 1})),
            1e-6);
  auto const nothing = refit_without(network.minimum, {{}}, Convention::mean);
  EXPECT_LE(nothing[0].change.norm(), 1e-8);
}

TEST(NetworkRefit, GivesTheSameBitsForAnyNumberOfThreads) {
  Network const network(2, 3);
  auto groups = each_row(20);
  groups.push_back({30, 31, 32});
  for (bool const warm : {true, false}) {
    auto const one = refit_without(network.minimum, groups, Convention::total, {.threads = 1, .warm = warm, .seed = 5});
    auto const two = refit_without(network.minimum, groups, Convention::total, {.threads = 2, .warm = warm, .seed = 5});
    for (std::size_t g = 0; g < groups.size(); ++g) {
      EXPECT_EQ(one[g].trained.theta, two[g].trained.theta) << g;
      EXPECT_EQ(one[g].trained.status, TrainStatus::converged) << g;
    }
  }
}

}  // namespace
}  // namespace fisherlab::estimators::influence

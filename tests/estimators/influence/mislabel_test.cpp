#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "base/hash.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "estimators/influence/problems/split.hpp"
#include "estimators/influence/removals/removal.hpp"
#include "sim/random/stream.hpp"
#include "tests/support/influence_tables.hpp"

namespace fisherlab::estimators::influence {
namespace {

/// A data set in which every tenth label, drawn at random, became another class, each of the others equally likely.
struct Mislabelled {
  Data data;
  std::vector<bool> is_wrong;
  int wrong = 0;
};

Mislabelled flip_a_tenth(Data data, std::uint64_t seed) {
  auto const classes = static_cast<int>(data.classes.size());
  Mislabelled result{std::move(data), {}, 0};
  auto& targets = result.data.targets;
  result.is_wrong.resize(static_cast<std::size_t>(targets.size()));
  result.wrong = result.data.rows() / 10;
  auto const order = shuffled(result.data.rows(), {seed, stable_hash("mislabelled rows"), 0});
  sim::ScalarStream stream({seed, stable_hash("wrong labels"), 0});
  for (int k = 0; k < result.wrong; ++k) {
    int const row = order[static_cast<std::size_t>(k)];
    int const step = 1 + std::min(static_cast<int>(stream.open_uniform() * (classes - 1)), classes - 2);
    targets[row] = (static_cast<int>(targets[row]) + step) % classes;
    result.is_wrong[static_cast<std::size_t>(row)] = true;
  }
  return result;
}

/// Share of the wrong labels among as many rows with the largest scores.
double recall(Mislabelled const& set, Vector const& score) {
  std::vector<int> order(set.is_wrong.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return score[a] > score[b]; });
  auto const found = std::count_if(order.begin(), order.begin() + set.wrong,
                                   [&](int row) { return set.is_wrong[static_cast<std::size_t>(row)]; });
  return static_cast<double>(found) / set.wrong;
}

struct Recalls {
  double self_influence = 0, loss = 0, random = 0;
};

Recalls mean_recalls(Data const& data, double l2, int seeds) {
  Recalls mean;
  for (int seed = 1; seed <= seeds; ++seed) {
    auto const set = flip_a_tenth(data, static_cast<std::uint64_t>(seed));
    auto const risk = mean_risk(softmax_problem(set.data), set.data, l2);
    auto const minimum = checked_minimum(risk, train(risk, risk.problem.start(1)));
    auto const order = shuffled(data.rows(), {static_cast<std::uint64_t>(seed), stable_hash("random order"), 0});
    Vector random(data.rows());
    for (int k = 0; k < data.rows(); ++k) random[order[static_cast<std::size_t>(k)]] = k;
    mean.self_influence += recall(set, self_influence(minimum, InverseHessian(risk, minimum.theta))) / seeds;
    mean.loss += recall(set, risk.problem.losses(set.data, minimum.theta)) / seeds;
    mean.random += recall(set, random) / seeds;
  }
  return mean;
}

// The figures stand in docs/influence.md. The bounds are four binomial standard deviations: 0.025 for 20 times 15 wrong
// labels, 0.02 for 179.

TEST(Mislabels, AreFoundInIris) {
  auto const recalls = mean_recalls(test::standardised_iris(), 0.01, 20);
  EXPECT_NEAR(recalls.self_influence, 0.753, 0.1);
  EXPECT_NEAR(recalls.loss, 0.860, 0.1);
  EXPECT_NEAR(recalls.random, 0.090, 0.07);
}

TEST(Mislabels, AreFoundInDigits) {
  auto const recalls = mean_recalls(test::digits(), 0.001, 1);
  EXPECT_NEAR(recalls.self_influence, 0.916, 0.08);
  EXPECT_NEAR(recalls.loss, 0.944, 0.07);
  EXPECT_NEAR(recalls.random, 0.1, 0.09);
}

}  // namespace
}  // namespace fisherlab::estimators::influence

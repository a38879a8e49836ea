#include "estimators/influence/removals/effects.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

#include "base/expects.hpp"
#include "base/statistics/agreement.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "tests/support/problem_data.hpp"
#include "tests/support/removal_path.hpp"

namespace fisherlab::estimators::influence {
namespace {

using test::trained_minimum;

TEST(Effects, AreExactToSecondOrderForAQuadraticLoss) {
  Data const data = test::measured(20, 3, 2);
  Data const test = test::measured(7, 3, 9);
  AnyProblem const problem = linear_problem(data);
  Minimum const minimum = trained_minimum(problem, data, 0.1);
  auto const refits = refit_without(minimum, each_row(20), Convention::mean);
  Matrix changes(20, 4);
  for (int k = 0; k < 20; ++k) changes.row(k) = refits[static_cast<std::size_t>(k)].change.transpose();
  Vector const actual = actual_effects(problem, test, minimum.theta, refits);
  Vector const second = second_order_effects(problem, test, minimum.theta, changes, changes);
  EXPECT_LE((second - actual).cwiseAbs().maxCoeff(), 1e-14);
  Vector const first = predicted_effects(test_gradient(problem, test, minimum.theta), changes);
  EXPECT_GT((first - actual).cwiseAbs().maxCoeff(), 1e-5);  // the term that the second order adds
  EXPECT_LE((first - actual).norm(), 0.2 * actual.norm());
}

TEST(Effects, HaveTheSignOfHarm) {
  Data const data = test::classified(50, 2, 2, 4);
  AnyProblem const problem = logistic_problem(data);
  Minimum const minimum = trained_minimum(problem, data, 0.01);
  // The effect of a row on its own loss: without it the row is met worse, always.
  auto const refits = refit_without(minimum, each_row(50), Convention::total);
  for (int k = 0; k < 50; ++k)
    EXPECT_GT(effect(problem, rows_of(data, {k}), minimum.theta, refits[static_cast<std::size_t>(k)].change), 0) << k;
}

TEST(Effects, OfRemovingNothingAreZeroToRounding) {
  Data const data = test::classified(60, 3, 3, 4);
  Data const test = test::classified(20, 3, 3, 8);
  AnyProblem const problem = softmax_problem(data);
  Minimum const minimum = trained_minimum(problem, data, 0.05);
  for (Convention const convention : {Convention::mean, Convention::total}) {
    auto const refits = refit_without(minimum, {{}, {}, {}}, convention);
    EXPECT_LE(actual_effects(problem, test, minimum.theta, refits).cwiseAbs().maxCoeff(), 1e-11);
  }
}

TEST(Effects, AreNotANumberWhereARefitFailed) {
  Data const data = test::measured(10, 2);
  Vector const lost = Vector::Constant(3, std::numeric_limits<double>::quiet_NaN());
  EXPECT_TRUE(std::isnan(effect(linear_problem(data), data, Vector::Zero(3), lost)));
}

TEST(ShuffledEffects, AreTheSameValuesInEveryOrderEquallyOften) {
  Vector const values = Vector::LinSpaced(3, 1, 3);
  std::map<std::vector<double>, int> seen;
  for (std::uint64_t r = 0; r < 6000; ++r) {
    Vector const order = shuffled(values, {.seed = 3, .scenario = 5, .replicate = r});
    ++seen[std::vector<double>(order.begin(), order.end())];
  }
  EXPECT_EQ(seen.size(), 6u);
  // Binomial(6000, 1/6) has standard deviation 29; six of them exceed 5 of them with probability 4e-6.
  for (auto const& [order, times] : seen) EXPECT_NEAR(times, 1000, 145) << order[0] << order[1] << order[2];
  Vector const again = Vector::LinSpaced(40, 0, 1);
  EXPECT_EQ(shuffled(again, {.seed = 1}), shuffled(again, {.seed = 1}));
  EXPECT_NE(shuffled(again, {.seed = 1}), shuffled(again, {.seed = 2}));
}

TEST(ShuffledEffects, AgreeWithNoPrediction) {
  Data const data = test::classified(200, 3, 2, 4);
  Data const test = test::classified(20, 3, 2, 8);
  AnyProblem const problem = logistic_problem(data);
  Minimum const minimum = trained_minimum(problem, data, 0.05);
  Matrix const removals = first_order_removals(minimum, Convention::mean, InverseHessian(minimum.risk, minimum.theta));
  Vector const predicted = predicted_effects(test_gradient(problem, test, minimum.theta), removals);
  Vector const actual =
      actual_effects(problem, test, minimum.theta, refit_without(minimum, each_row(200), Convention::mean));
  EXPECT_GT(agreement(predicted, actual).pearson, 0.99);
  // The correlation of a random order has standard deviation 1/sqrt(199) = 0.071.
  EXPECT_LT(std::abs(agreement(predicted, shuffled(actual, {.seed = 6})).pearson), 4 * 0.071);
}

TEST(NoiseFloor, LiesFarBelowTheEffects) {
  Data const data = test::classified(60, 3, 3, 4);
  Minimum const minimum = trained_minimum(softmax_problem(data), data, 0.05);
  auto const groups = each_row(60);
  auto const refits = refit_without(minimum, groups, Convention::mean);
  auto const jittered = jittered_refits(minimum, groups, Convention::mean, 0.1, {.seed = 4, .scenario = 1});
  double largest = 0;
  for (Refit const& refit : refits) largest = std::max(largest, refit.change.cwiseAbs().maxCoeff());
  EXPECT_GT(largest, 1e-3);
  EXPECT_LE(largest_difference(refits, jittered), 1e-8);
  EXPECT_GT(largest_difference(refits, jittered), 0);  // another way to the same minimum
  auto const again =
      jittered_refits(minimum, groups, Convention::mean, 0.1, {.seed = 4, .scenario = 1}, {.threads = 1});
  EXPECT_EQ(largest_difference(jittered, again), 0);
}

TEST(NoiseFloor, IsInfiniteWhereOneOfTwoRefitsFailed) {
  Vector const found = Vector::Ones(2);
  Vector const lost = Vector::Constant(2, std::numeric_limits<double>::quiet_NaN());
  std::vector<Refit> const a = {{{0}, found, {}}, {{1}, lost, {}}};
  std::vector<Refit> const b = {{{0}, found * 1.5, {}}, {{1}, lost, {}}};
  EXPECT_EQ(largest_difference(a, b), 0.5);
  std::vector<Refit> const c = {{{0}, lost, {}}, {{1}, lost, {}}};
  EXPECT_EQ(largest_difference(a, c), std::numeric_limits<double>::infinity());
  EXPECT_THROW(largest_difference(a, {}), InputError);
}

}  // namespace
}  // namespace fisherlab::estimators::influence

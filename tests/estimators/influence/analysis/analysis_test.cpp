#include "estimators/influence/analysis/analysis.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "estimators/influence/analysis/affordable.hpp"
#include "tests/support/problem_data.hpp"
#include "tests/support/removal_examples.hpp"

namespace fisherlab::estimators::influence {
namespace {

Minimum minimum_of(test::Example const& example, double l2) {
  Risk const risk = mean_risk(example.problem, example.data, l2);
  return {risk, train(risk, example.problem.start(1), {.gradient_norm = 1e-12}).theta};
}

/// For least squares one Newton step is exact; a group's first order is the sum of its rows'.
TEST(Analysis, MeetsTheRefitsOfLeastSquares) {
  auto const example = test::examples().front();
  auto const minimum = minimum_of(example, 0.1);
  Data const tests = test::measured(9, 2, 5);
  for (auto const convention : test::conventions) {
    auto analysis = analyse_removals(minimum, {{"mean", tests}}, {{"pair", {3, 8}}}, {.convention = convention});
    ASSERT_TRUE(analysis.is_solved());
    add_refits(analysis, refit_without(minimum, each_row(30), convention));
    auto const pair = refit_without(minimum, {{3, 8}}, convention);
    add_group_refits(analysis, 0, pair);
    ASSERT_EQ(analysis.refits.size(), 30u);
    auto const& effect = analysis.effects.front();
    for (int k = 0; k < 30; ++k) {
      Vector const& change = analysis.refits[static_cast<std::size_t>(k)].change;
      EXPECT_LE((analysis.one_step.row(k).transpose() - change).norm(), 1e-9) << k;
      double const loss = (example.problem.losses(tests, minimum.theta + change).mean() -
                           example.problem.losses(tests, minimum.theta).mean());
      EXPECT_NEAR(effect.actual[k], loss, 1e-13) << k;
    }
    auto const& group = analysis.groups.front();
    EXPECT_NEAR(group.predicted, effect.predicted[3] + effect.predicted[8], 1e-13);
    ASSERT_TRUE(group.actual.has_value());
    EXPECT_NEAR(*group.actual,
                example.problem.losses(tests, minimum.theta + pair.front().change).mean() -
                    example.problem.losses(tests, minimum.theta).mean(),
                1e-13);
  }
}

TEST(Analysis, HasLeveragesOnlyForAScalarLinearPredictor) {
  for (auto const& example : test::examples()) {
    auto const minimum = minimum_of(example, 0.1);
    auto const analysis = analyse_removals(minimum, {{"mean", example.data}}, {});
    EXPECT_EQ(analysis.leverage.has_value(), example.problem.name() != "softmax") << example.problem.name();
  }
}

TEST(Analysis, RanksBySizeOfTheEffect) {
  auto const example = test::examples()[1];
  auto const minimum = minimum_of(example, 0.1);
  auto const analysis = analyse_removals(minimum, {{"first", rows_of(example.data, {0})}}, {});
  auto const order = most_influential(analysis);
  auto const& predicted = analysis.effects.front().predicted;
  ASSERT_EQ(order.size(), 30u);
  for (std::size_t k = 1; k < order.size(); ++k)
    EXPECT_GE(std::abs(predicted[order[k - 1]]), std::abs(predicted[order[k]]));
}

void expect_near(Vector const& a, Vector const& b, std::string const& what) {
  ASSERT_EQ(a.size(), b.size()) << what;
  EXPECT_LE((a - b).norm(), 1e-11 * (b.norm() + 1e-8)) << what;
}

/// Gone through in stretches, data say the same of all rows, and keep the changes of those that matter.
TEST(Analysis, SaysTheSameInStretches) {
  for (auto const& example : test::examples())
    for (auto const convention : test::conventions) {
      auto const name = example.problem.name();
      auto const minimum = minimum_of(example, 0.1);
      std::vector<Target> const targets = {{"mean", example.data}, {"third", rows_of(example.data, {2})}};
      auto const whole = analyse_removals(minimum, targets, {{"pair", {3, 8}}}, {.convention = convention});
      auto const parts =
          analyse_removals(minimum, targets, {{"pair", {3, 8}}}, {.convention = convention, .most_kept = 0});
      for (std::size_t t = 0; t < 2; ++t) {
        expect_near(parts.effects[t].predicted, whole.effects[t].predicted, name + " predicted");
        expect_near(parts.effects[t].one_step, whole.effects[t].one_step, name + " one step");
        expect_near(parts.effects[t].second_order, whole.effects[t].second_order, name + " second order");
      }
      expect_near(parts.self_influence, whole.self_influence, name + " self-influence");
      expect_near(parts.reliability, whole.reliability, name + " reliability");
      EXPECT_EQ(parts.kept, whole.kept);  // of 30 rows all matter
      EXPECT_LE((parts.first - whole.first).norm(), 1e-12 * whole.first.norm()) << name;
      EXPECT_LE((parts.second - whole.second).norm(), 1e-12 * whole.second.norm()) << name;
      EXPECT_LE((parts.one_step - whole.one_step).norm(), 1e-12 * whole.one_step.norm()) << name;
      EXPECT_EQ(parts.groups.front().predicted, whole.groups.front().predicted);
      ASSERT_EQ(parts.leverage.has_value(), whole.leverage.has_value());
      if (!whole.leverage) continue;
      expect_near(parts.leverage->leverage, whole.leverage->leverage, name + " leverage");
      EXPECT_EQ(parts.leverage->dfbetas.size(), 0);
    }
}

/// More rows than a stretch has: sums go over all of them, each row stands in its place.
TEST(Analysis, PutsStretchesTogether) {
  Data const data = test::measured(20'000, 2, 3);
  auto const problem = linear_problem(data);
  Risk const risk = mean_risk(problem, data, 0.1);
  Minimum const minimum{risk, train(risk, problem.start(1), {}).theta};
  std::vector<Target> const targets = {{"some", rows_of(data, {4, 5})}};
  auto const whole = analyse_removals(minimum, targets, {});
  auto const parts = analyse_removals(minimum, targets, {}, {.most_kept = 0});
  expect_near(parts.effects[0].predicted, whole.effects[0].predicted, "predicted");
  expect_near(parts.self_influence, whole.self_influence, "self-influence");
  EXPECT_EQ(parts.first.rows(), std::ssize(parts.kept));
  EXPECT_LT(parts.kept.size(), 350u);
  for (std::size_t k = 0; k < parts.kept.size(); ++k) {
    int const row = parts.kept[k];
    EXPECT_EQ(parts.place_of(row), static_cast<Eigen::Index>(k));
    expect_near(parts.first.row(static_cast<Eigen::Index>(k)).transpose(), whole.first.row(row).transpose(), "first");
    expect_near(parts.one_step.row(static_cast<Eigen::Index>(k)).transpose(), whole.one_step.row(row).transpose(),
                "one step");
  }
  EXPECT_EQ(parts.place_of(20'000), std::nullopt);
}

TEST(Analysis, EndsWhereASystemWasNotSolved) {
  auto const example = test::examples()[3];
  auto const minimum = minimum_of(example, 1e-4);
  SolverSettings const two_steps{.solver = Solver::conjugate_gradient, .max_iterations = 2};
  auto const analysis = analyse_removals(minimum, {{"mean", example.data}}, {}, {.solver = two_steps});
  EXPECT_FALSE(analysis.is_solved());
  EXPECT_EQ(analysis.solutions.size(), 30u);
  EXPECT_TRUE(analysis.effects.empty());
  auto const parts = analyse_removals(minimum, {{"mean", example.data}}, {}, {.solver = two_steps, .most_kept = 0});
  EXPECT_FALSE(parts.is_solved());
  EXPECT_EQ(parts.solutions.size(), 30u);
  EXPECT_TRUE(parts.effects.empty());
}

TEST(Analysis, NeedsATarget) {
  auto const example = test::examples().front();
  EXPECT_THROW(analyse_removals(minimum_of(example, 0.1), {}, {}), InputError);
}

/// A model of very many outputs stands for work that takes long.
TEST(AffordableSecondOrder, LeavesOutRowsThatMatterLittle) {
  Data const data = test::measured(400, 2, 3);
  auto const problem = linear_problem(data);
  Risk const risk = mean_risk(problem, data, 0.1);
  Minimum const minimum{risk, train(risk, problem.start(1), {}).theta};
  InverseHessian const inverse(risk, minimum.theta);
  Vector const effect = Vector::LinSpaced(400, 1, 0);
  Matrix const all = affordable_second_order(minimum, Convention::mean, inverse, {effect, effect, 1}, 1);
  Matrix const some = affordable_second_order(minimum, Convention::mean, inverse, {effect, effect, 100'000}, 1);
  EXPECT_FALSE(all.hasNaN());
  for (int k = 0; k < 400; ++k) {
    EXPECT_EQ(some.row(k).hasNaN(), k >= 250) << k;
  }
  EXPECT_LE((some.topRows(250) - all.topRows(250)).norm(), 1e-12 * all.norm());
}

}  // namespace
}  // namespace fisherlab::estimators::influence

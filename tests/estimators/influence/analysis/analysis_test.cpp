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

TEST(Analysis, EndsWhereASystemWasNotSolved) {
  auto const example = test::examples()[3];
  auto const minimum = minimum_of(example, 1e-4);
  SolverSettings const two_steps{.solver = Solver::conjugate_gradient, .max_iterations = 2};
  auto const analysis = analyse_removals(minimum, {{"mean", example.data}}, {}, {.solver = two_steps});
  EXPECT_FALSE(analysis.is_solved());
  EXPECT_EQ(analysis.solutions.size(), 30u);
  EXPECT_TRUE(analysis.effects.empty());
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
  Vector const effect = Vector::LinSpaced(400, 1, 0), pull = effect;
  Matrix const all = affordable_second_order(minimum, Convention::mean, inverse, {effect, pull, 1}, 1);
  Matrix const some = affordable_second_order(minimum, Convention::mean, inverse, {effect, pull, 100'000}, 1);
  EXPECT_FALSE(all.hasNaN());
  for (int k = 0; k < 400; ++k) {
    EXPECT_EQ(some.row(k).hasNaN(), k >= 250) << k;
  }
  EXPECT_LE((some.topRows(250) - all.topRows(250)).norm(), 1e-12 * all.norm());
}

}  // namespace
}  // namespace fisherlab::estimators::influence

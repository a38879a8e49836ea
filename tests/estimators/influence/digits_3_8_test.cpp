#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

#include "base/statistics/agreement.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "estimators/influence/removals/effects.hpp"
#include "tests/support/influence_tables.hpp"

namespace fisherlab::estimators::influence {
namespace {

/// Logistic regression with its intercept under the penalty too.
struct AllPenalised : AnyProblem {
  explicit AllPenalised(AnyProblem problem) : AnyProblem(std::move(problem)) {}
  Vector penalised() const { return Vector::Ones(AnyProblem::penalised().size()); }
};

/// tests/data/digits_3_8_refits.csv, made by make_digits_3_8_refits.py, which holds the protocol.
struct Reference {
  std::vector<int> rows;  ///< of digits.csv, from 0, in training order
  Vector predicted;
  Vector one_step;
  Vector actual;
};

Reference reference(double l2) {
  std::vector<std::vector<double>> rows;
  for (auto const& row : test::numbers_in(FISHERLAB_TEST_DATA_DIR "/digits_3_8_refits.csv"))
    if (row[0] == l2) rows.push_back(row);
  auto const n = static_cast<Eigen::Index>(rows.size());
  Reference result{{}, Vector(n), Vector(n), Vector(n)};
  for (Eigen::Index k = 0; k < n; ++k) {
    auto const& row = rows[static_cast<std::size_t>(k)];
    result.rows.push_back(static_cast<int>(row[1]) - 1);
    result.predicted[k] = row[3];
    result.one_step[k] = row[4];
    result.actual[k] = row[5];
  }
  return result;
}

/// The digits 3 and 8 split as the reference has it: its rows train, the others test.
struct Threes {
  Data train;
  Data test;
};

Threes threes_and_eights(std::vector<int> const& train_rows) {
  Data const digits = test::digits();
  std::vector<bool> trains(static_cast<std::size_t>(digits.rows()));
  for (int const row : train_rows) trains[static_cast<std::size_t>(row)] = true;
  std::vector<int> test_rows;
  for (int i = 0; i < digits.rows(); ++i)
    if ((digits.targets[i] == 3 || digits.targets[i] == 8) && !trains[static_cast<std::size_t>(i)])
      test_rows.push_back(i);
  Threes split{rows_of(digits, train_rows), rows_of(digits, test_rows)};
  for (Data* data : {&split.train, &split.test}) {
    data->targets = (data->targets.array() == 8).cast<double>();
    data->classes = {"3", "8"};
  }
  return split;
}

/// What the fit of one penalty says of its worst-met test point.
struct Study {
  explicit Study(double l2)
      : expected(reference(l2)),
        split(threes_and_eights(expected.rows)),
        problem(AllPenalised(logistic_problem(split.train))),
        risk(mean_risk(problem, split.train, l2)),
        minimum(checked_minimum(risk, train(risk, problem.start(1)))) {
    Eigen::Index worst = 0;
    problem.losses(split.test, minimum.theta).maxCoeff(&worst);
    point = rows_of(split.test, {static_cast<int>(worst)});
  }

  Vector predicted(Convention convention, double of_penalty = 1) const {
    Minimum assumed = minimum;
    assumed.risk.l2 *= of_penalty;
    InverseHessian const inverse(assumed.risk, assumed.theta);
    return predicted_effects(test_gradient(problem, point, minimum.theta),
                             first_order_removals(assumed, convention, inverse));
  }
  Vector one_step(Convention convention) const {
    return predicted_effects(test_gradient(problem, point, minimum.theta), one_step_removals(minimum, convention));
  }
  Vector actual(Convention convention) const {
    auto const refits = refit_without(minimum, each_row(minimum.risk.data->rows()), convention);
    return actual_effects(problem, point, minimum.theta, refits);
  }

  Reference expected;
  Threes split;
  AnyProblem problem;
  Risk risk;
  Minimum minimum;
  Data point;
};

double largest_error(Vector const& value, Vector const& expected) {
  return (value - expected).cwiseAbs().maxCoeff() / expected.cwiseAbs().maxCoeff();
}

TEST(Digits3And8, RefitsEqualThoseOfAnIndependentProgram) {
  for (double const l2 : {1e-4, 1e-3, 1e-2}) {
    Study const study(l2);
    ASSERT_EQ(study.split.train.rows(), 250);
    ASSERT_EQ(study.split.test.rows(), 107);
    EXPECT_LE(largest_error(study.predicted(Convention::mean), study.expected.predicted), 1e-7) << l2;
    EXPECT_LE(largest_error(study.one_step(Convention::mean), study.expected.one_step), 1e-7) << l2;
    EXPECT_LE(largest_error(study.actual(Convention::mean), study.expected.actual), 1e-7) << l2;
  }
}

struct Known {
  double l2, pearson, slope, relative_error, with_leverage;
};

/// Pearson, slope and error of convention A; the error of the form with 1/(1 - h) is that of convention B, where this
/// form is the one step (in A the one step has 0.168, 0.074, 0.026).
constexpr Known known[] = {
    {1e-4, 0.965, 2.24, 0.595, 0.168}, {1e-3, 0.982, 1.60, 0.417, 0.073}, {1e-2, 0.998, 1.16, 0.152, 0.026}};

TEST(Digits3And8, AgreeAsFirstMeasured) {
  for (auto const& [l2, pearson, slope, relative_error, with_leverage] : known) {
    Study const study(l2);
    Agreement const first = agreement(study.predicted(Convention::mean), study.actual(Convention::mean));
    EXPECT_EQ(first.pairs, 250);
    EXPECT_NEAR(first.pearson, pearson, 0.0005) << l2;
    EXPECT_NEAR(first.slope, slope, 0.005) << l2;
    EXPECT_NEAR(first.relative_error, relative_error, 0.0005) << l2;
    Agreement const step = agreement(study.one_step(Convention::total), study.actual(Convention::total));
    EXPECT_NEAR(step.relative_error, with_leverage, 0.0005) << l2;
  }
}

TEST(Digits3And8, DisagreeWithADoubledPenaltyThoughTheCorrelationStaysHigh) {
  Study const study(1e-2);
  Vector const actual = study.actual(Convention::mean);
  Agreement const wrong = agreement(study.predicted(Convention::mean, 2), actual);
  EXPECT_GT(wrong.pearson, 0.95);
  EXPECT_GT(std::abs(wrong.slope - 1.16), 0.05);
  EXPECT_GT(std::abs(wrong.relative_error - 0.152), 0.02);
}

}  // namespace
}  // namespace fisherlab::estimators::influence

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/data_cases.hpp"

namespace fisherlab::test {
namespace {

using estimators::influence::Data;
using estimators::influence::Vector;

DataTrial removal_trial(std::string const& problem, DataPointer data, double l2, int rows) {
  return {"leave-one-out", problem, std::move(data), l2, rows};
}

DataTrial iris_removal() { return removal_trial("logistic", iris_pair(), 0.1, 80); }

TEST(LeaveOneOut, HoldsWithRowsToSpare) {
  expect_verified(iris_removal(), 10);
  expect_verified(removal_trial("poisson", shared_data(counted(300, 2)), 0, 250), 3);
  expect_verified(removal_trial("softmax", shared_data(classified(160, 2, 3)), 0.1, 150), 3);
  expect_verified(removal_trial("linear", shared_data(measured(200, 3)), 0, 150), 10);
}

TEST(LeaveOneOut, HoldsUnderTheTotalPenalty) {
  expect_verified(with(iris_removal(), "convention", "B"), 3);
  expect_verified(with(removal_trial("linear", shared_data(measured(200, 3)), 0.5, 150), "convention", "B"), 3);
}

TEST(LeaveOneOut, HoldsForANetwork) {
  expect_verified(with(with(removal_trial("mlp", whole_iris(), 0.05, 140), "depth", "2"), "width", "2"));
}

TEST(LeaveOneOut, IsRefutedForEachPlantedMistake) {
  for (auto const* plant : {"half", "double-penalty", "no-penalty", "other-convention"})
    expect_refuted(with(removal_trial("logistic", iris_pair(0, 1), 0.1, 80), "plant", plant), 10);
  expect_refuted(with(iris_removal(), "plant", "half"), 10);
}

// Two groups, each fitted by its mean. Removing a row moves its group's mean by r/(m - 1), predicted r/m: slope
// m/(m - 1), and a relative error of 1/m.
TEST(LeaveOneOut, IsOffByOneOverMMinusOneForMeansOfMRows) {
  Data data;
  int const m = 5;
  data.inputs.resize(2 * m + 1, 1);
  data.targets.resize(2 * m + 1);
  for (int i = 0; i <= 2 * m; ++i) {
    data.inputs(i, 0) = i < m ? -1 : 1;
    data.targets[i] = i * i % 7;
  }
  data.columns = {"group"};
  int balanced = 0;  // the one row for testing is drawn from the larger group
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    auto const result = run_of(removal_trial("linear", shared_data(data), 0, 2 * m), seed);
    ASSERT_EQ(result.influence.size(), 2u * m);
    auto const first = std::count_if(result.influence.begin(), result.influence.end(),
                                     [](auto const& row) { return row.train_index <= m; });
    if (first != m) continue;
    ++balanced;
    EXPECT_NEAR(value_of(result), 1.0 / (m - 1), 1e-10);
    EXPECT_LE(value_of(result, 1), 1e-12);
  }
  EXPECT_GE(balanced, 3);
}

/// Leverages of (1, x), one input, on paper: 1/n + (x - mean)^2/sum (x - mean)^2.
Vector leverages_on_paper(Vector const& x) {
  double const mean = x.mean();
  double const square = (x.array() - mean).square().sum();
  return (1.0 / static_cast<double>(x.size()) + (x.array() - mean).square() / square).matrix();
}

// Least squares: actual change = predicted/(1 - h_ii), so that predicted, actual and h_ii of each row are tied exactly,
// and reliability, the second-order over the first-order term, is h_ii.
TEST(LeaveOneOut, HasRowsTiedByTheirLeverage) {
  auto const data = measured(40, 1, 3);
  auto const result = run_of(removal_trial("linear", shared_data(data), 0, 30));
  ASSERT_EQ(result.influence.size(), 30u);
  Vector x(30);
  for (int k = 0; k < 30; ++k) x[k] = data.inputs(result.influence[static_cast<std::size_t>(k)].train_index - 1, 0);
  auto const h = leverages_on_paper(x);
  double largest_h = 0;
  for (int k = 0; k < 30; ++k) {
    auto const& row = result.influence[static_cast<std::size_t>(k)];
    EXPECT_NEAR(*row.one_step, row.predicted / (1 - h[k]), 1e-12);
    EXPECT_NEAR(*row.second_order, row.predicted * (1 + h[k]), 1e-12);
    EXPECT_NEAR(*row.reliability, h[k], 1e-10);
    largest_h = std::max(largest_h, h[k]);
  }
  // Every actual change is at least 1/(1 - 1/n) and at most 1/(1 - largest h) of the predicted one.
  EXPECT_GE(value_of(result), 1.0 / 30);
  EXPECT_LE(value_of(result), largest_h / (1 - largest_h));
}

TEST(LeaveOneOut, GivesARowForEachTrainingRowAndNoneForControls) {
  auto const result = run_of(with(iris_removal(), "convention", "B"));
  ASSERT_EQ(result.influence.size(), 80u);
  for (auto const& row : result.influence) {
    EXPECT_EQ(row.data, "data");
    EXPECT_EQ(row.model, "logistic");
    EXPECT_EQ(row.n, 80);
    EXPECT_EQ(row.p, 5);
    EXPECT_EQ(row.l2, 0.1);
    EXPECT_EQ(row.convention, "B");
    EXPECT_EQ(row.test_point, "mean");
    EXPECT_GE(row.train_index, 1);
    EXPECT_LE(row.train_index, 100);
    // The effect to second order in the change of theta is near the refitted one.
    EXPECT_NEAR(*row.actual, row.predicted, 0.3 * std::fabs(row.predicted) + 1e-4);
  }
  EXPECT_TRUE(run_of(with(iris_removal(), "plant", "half")).influence.empty());
}

// Where one row alone keeps the classes from being separated, its refit has no minimum. It counts as dropped, so
// nothing is verified; a refutation by the other rows stands.
TEST(LeaveOneOut, VerifiesNothingWhereARefitHasNoMinimum) {
  Data data;
  data.inputs.resize(9, 1);
  data.inputs << -2, -1.5, -1, -0.5, 2, 0.5, 1, 1.5, 1.2;
  data.targets.resize(9);
  data.targets << 0, 0, 0, 0, 0, 1, 1, 1, 1;
  data.columns = {"x"};
  data.classes = {"no", "yes"};
  int tried = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    auto const small = removal_trial("logistic", shared_data(data), 0, 8);
    auto const result = run_of(with(small, "margin", "0.9"), seed);
    ASSERT_EQ(result.findings.size(), 1u);
    if (!result.notes.empty()) continue;  // row 5, the one that matters, was drawn for testing
    ++tried;
    auto const& finding = result.findings[0];
    EXPECT_EQ(finding.verdict, Verdict::inconclusive) << text_of(finding);
    EXPECT_EQ(finding.measurement.replicates, 7);
    EXPECT_EQ(finding.measurement.dropped, 1);
    EXPECT_EQ(
        std::count_if(result.influence.begin(), result.influence.end(), [](auto const& row) { return !row.actual; }),
        1);
    EXPECT_EQ(run_of(small, seed).findings[0].verdict, Verdict::refuted);
  }
  EXPECT_GE(tried, 5);
}

TEST(LeaveOneOut, RefusesBadCases) {
  auto const whole = removal_trial("logistic", iris_pair(), 0.1, 0);
  EXPECT_EQ(refusal(whole), "leave-one-out needs test rows, give 'rows', the number of training rows, below 100");
  auto all = iris_removal();
  all.rows = 100;
  EXPECT_EQ(refusal(all), refusal(whole));
  EXPECT_EQ(refusal(with(iris_removal(), "convention", "a")), "option convention cannot be 'a', choose one of: A, B");
  EXPECT_NE(refusal(with(iris_removal(), "plant", "lambda")).find("option plant cannot be 'lambda'"),
            std::string::npos);
  EXPECT_EQ(refusal(with(iris_removal(), "width", "2.5")), "option width is a whole number from 1 to 200");
}

}  // namespace
}  // namespace fisherlab::test

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "estimators/influence/problems/problems.hpp"
#include "estimators/influence/removals/refit.hpp"
#include "estimators/influence/training/train.hpp"
#include "tests/estimators/samples.hpp"

namespace fisherlab::estimators::influence {
namespace {

/// tests/data/longley.csv with input j multiplied by units[j] and the target by `unit`.
Data longley(std::array<double, 6> const& units = {1, 1, 1, 1, 1, 1}, double unit = 1) {
  auto const rows = fisherlab::test::read_rows(std::string(FISHERLAB_TEST_DATA_DIR) + "/longley.csv");
  Data data;
  data.columns = {"deflator", "gnp", "unemployed", "armed", "population", "year"};
  data.inputs.resize(static_cast<Eigen::Index>(rows.size()), 6);
  data.targets.resize(static_cast<Eigen::Index>(rows.size()));
  for (Eigen::Index i = 0; i < data.inputs.rows(); ++i) {
    auto const& row = rows[static_cast<std::size_t>(i)];
    data.targets[i] = unit * std::stod(row.at(0));
    for (Eigen::Index j = 0; j < 6; ++j)
      data.inputs(i, j) = units[static_cast<std::size_t>(j)] * std::stod(row.at(static_cast<std::size_t>(j) + 1));
  }
  return data;
}

Trained trained_on(Data const& data) {
  Risk const risk = mean_risk(linear_problem(data), data, 0);
  auto trained = train(risk, risk.problem.start(1));
  EXPECT_EQ(trained.status, TrainStatus::converged) << complaint(trained);
  return trained;
}

TEST(Longley, HasTheCoefficientsThatNistCertifies) {
  std::array<double, 7> const certified = {-3482258.63459582, 15.0618722713733,  -0.358191792925910E-01,
                                           -2.02022980381683, -1.03322686717359, -0.511041056535807E-01,
                                           1829.15146461355};
  auto const theta = trained_on(longley()).theta;
  ASSERT_EQ(theta.size(), 7);
  for (Eigen::Index j = 0; j < 7; ++j) {
    double const exact = certified[static_cast<std::size_t>(j)];
    EXPECT_NEAR(theta[j], exact, 2e-7 * std::fabs(exact)) << j;
  }
}

/// The target of each row as the fit to the other rows predicts it.
Vector left_out_predictions(Data const& data) {
  Risk const risk = mean_risk(linear_problem(data), data, 0);
  Minimum const minimum = checked_minimum(risk, trained_on(data));
  Vector predictions(data.rows());
  auto const refits = refit_without(minimum, each_row(data.rows()), Convention::mean, {});
  for (Eigen::Index i = 0; i < data.rows(); ++i) {
    auto const& refit = refits[static_cast<std::size_t>(i)];
    EXPECT_EQ(refit.trained.status, TrainStatus::converged) << complaint(refit.trained);
    Vector const theta = minimum.theta + refit.change;
    predictions[i] = theta[0] + data.inputs.row(i).dot(theta.tail(6));
  }
  return predictions;
}

TEST(Longley, IsPredictedAlikeInAllUnits) {
  Vector const here = left_out_predictions(longley());
  int compared = 0;
  for (double const unit : {1e-9, 1.0, 1e9})
    for (auto const& units : {std::array<double, 6>{1e-6, 1e-6, 1e-6, 1e-6, 1e-6, 1e-6},
                              std::array<double, 6>{1e3, 1e-9, 1, 1e6, 1e-3, 1e-2}}) {
      Vector const there = left_out_predictions(longley(units, unit)) / unit;
      for (Eigen::Index i = 0; i < here.size(); ++i, ++compared)
        EXPECT_NEAR(there[i], here[i], 1e-4) << "row " << i << " unit " << unit;  // of residuals near 300
    }
  EXPECT_EQ(compared, 6 * 16);
}

TEST(Longley, IsNoMinimumWhereASmallGradientIsAMatterOfUnits) {
  // In units of 1e-12 every gradient is below 1e-10, at the start too.
  Data const data = longley({1, 1e-6, 1e-4, 1e-4, 1e-6, 1e-3}, 1e-15);
  Risk const risk = mean_risk(linear_problem(data), data, 0);
  ASSERT_LT(risk.gradient(Vector::Zero(7)).norm(), 1e-8);
  auto const trained = trained_on(data);
  EXPECT_NEAR(trained.theta[0] * 1e15, -3482258.63459582, 1);
}

}  // namespace
}  // namespace fisherlab::estimators::influence

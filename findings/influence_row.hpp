#pragma once

#include <optional>
#include <string>

namespace fisherlab {

/// One row of `influence.csv`: what removing one training row does to the loss of one test point (or the mean test
/// loss).
struct InfluenceRow {
  std::string data;
  std::string model;
  int n = 0;
  int p = 0;
  double l2 = 0;
  std::string convention;  ///< "A" or "B"
  std::string solver;      ///< "cholesky", or "cg, damping 0.01"
  int split = 0;           ///< which split into training and test data, from 0
  std::string test_point;  ///< data row from 1, or "mean"
  int train_index = 0;     ///< data row from 1
  double predicted = 0;    ///< first order
  std::optional<double> second_order;
  std::optional<double> one_step;
  std::optional<double> actual;  ///< by refitting
  std::optional<double> reliability;
  int iterations = 0;
  double residual = 0;
};

/// One row of `leave_one_out.csv`: the change of one parameter when one row is removed.
struct LeaveOneOutRow {
  int train_index = 0;  ///< data row from 1
  std::string convention;
  std::string parameter;
  double first_order = 0;
  std::optional<double> one_step;
  std::optional<double> second_order;
  std::optional<double> exact;  ///< closed form, where one exists
  std::optional<double> refit;
};

}  // namespace fisherlab

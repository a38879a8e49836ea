#pragma once

#include <optional>
#include <string>

namespace fisherlab {

/// What removing one training row does to the loss of one test point, or to the mean test loss.
struct InfluenceRow {
  std::string data;
  std::string model;
  int n = 0;
  int p = 0;
  double l2 = 0;
  std::string convention;
  std::string solver;
  int split = 0;
  std::string test_point;
  int train_index = 0;
  double predicted = 0;
  std::optional<double> second_order;
  std::optional<double> one_step;
  std::optional<double> actual;
  std::optional<double> reliability;
  int iterations = 0;
  double residual = 0;

  template <class Visit>
  static void fields(Visit const& field) {
    field("data", "the data set", &InfluenceRow::data);
    field("model", "the model fitted to it", &InfluenceRow::model);
    field("n", "training rows", &InfluenceRow::n);
    field("p", "parameters", &InfluenceRow::p);
    field("l2", "weight of the penalty", &InfluenceRow::l2);
    field("convention", "`A`: the mean over the rows left; `B`: the penalty of all rows is kept",
          &InfluenceRow::convention);
    field("solver", "how H x = v was solved: `cholesky`, or `cg, damping 0.01`", &InfluenceRow::solver);
    field("split", "which split into training and test data, from 0", &InfluenceRow::split);
    field("test_point", "row of the data from 1, or `mean` for the mean test loss", &InfluenceRow::test_point);
    field("train_index", "row of the data from 1 that is removed", &InfluenceRow::train_index);
    field("predicted", "change of the loss, to first order", &InfluenceRow::predicted);
    field("second_order", "the same to second order", &InfluenceRow::second_order);
    field("one_step", "the same after one Newton step without the row", &InfluenceRow::one_step);
    field("actual", "the same by refitting", &InfluenceRow::actual);
    field("reliability", "second-order over first-order change of the parameters", &InfluenceRow::reliability);
    field("iterations", "of the solver", &InfluenceRow::iterations);
    field("residual", "of the solver", &InfluenceRow::residual);
  }
};

/// The change of one parameter when one row is removed.
struct LeaveOneOutRow {
  int train_index = 0;
  std::string convention;
  std::string parameter;
  double first_order = 0;
  std::optional<double> one_step;
  std::optional<double> second_order;
  std::optional<double> exact;
  std::optional<double> refit;

  template <class Visit>
  static void fields(Visit const& field) {
    field("train_index", "row of the data from 1 that is removed", &LeaveOneOutRow::train_index);
    field("convention", "`A`: the mean over the rows left; `B`: the penalty of all rows is kept",
          &LeaveOneOutRow::convention);
    field("parameter", "its name", &LeaveOneOutRow::parameter);
    field("first_order", "its change, to first order", &LeaveOneOutRow::first_order);
    field("one_step", "the same after one Newton step without the row", &LeaveOneOutRow::one_step);
    field("second_order", "the same to second order", &LeaveOneOutRow::second_order);
    field("exact", "the same in closed form, where least squares have one", &LeaveOneOutRow::exact);
    field("refit", "the same by refitting", &LeaveOneOutRow::refit);
  }
};

}  // namespace fisherlab

#pragma once

#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

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

/// What one row does to one parameter of a regression.
struct CaseRow {
  int train_index = 0;
  double fitted = 0;
  double leverage = 0;
  std::optional<double> cook;
  std::string parameter;
  std::optional<double> dfbetas;

  template <class Visit>
  static void fields(Visit const& field) {
    field("train_index", "row of the data from 1", &CaseRow::train_index);
    field("fitted", "its mean, or probability, under the fit", &CaseRow::fitted);
    field("leverage", "its diagonal entry of the hat matrix", &CaseRow::leverage);
    field("cook", "Cook's distance of the row; empty where the leverage is 1", &CaseRow::cook);
    field("parameter", "its name; empty where the numbers of all would be too many", &CaseRow::parameter);
    field("dfbetas", "what the row moves the parameter by, in standard errors; empty where the leverage is 1",
          &CaseRow::dfbetas);
  }
};

/// All rows of a regression: many rows of a table, kept without repeating their texts.
struct Cases {
  /// What its rows are.
  using Row = CaseRow;

  std::vector<std::string> parameters;
  std::vector<int> train_index;
  std::vector<double> fitted, leverage, cook;  ///< one a row of the data; NaN where it is not defined
  std::vector<double> dfbetas;                 ///< for each row of the data and each parameter; empty where too many

  /// Calls `visit` with the rows, row by row of the data, parameter by parameter; without dfbetas once a row of the
  /// data.
  template <class Visit>
  void rows(Visit const& visit) const {
    auto const defined = [](double x) { return std::isfinite(x) ? std::optional(x) : std::nullopt; };
    for (std::size_t k = 0; k < train_index.size() && dfbetas.empty(); ++k)
      visit(CaseRow{train_index[k], fitted[k], leverage[k], defined(cook[k]), "", std::nullopt});
    for (std::size_t k = 0; k < train_index.size() && !dfbetas.empty(); ++k)
      for (std::size_t a = 0; a < parameters.size(); ++a)
        visit(CaseRow{train_index[k], fitted[k], leverage[k], defined(cook[k]), parameters[a],
                      defined(dfbetas[k * parameters.size() + a])});
  }
};

}  // namespace fisherlab

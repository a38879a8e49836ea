#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fisherlab {

/// One component of one estimate.
struct EstimateRow {
  std::string model;
  std::string parameters;
  std::int64_t n = 0;
  std::string estimator;
  std::int64_t replicate = 0;
  std::string component;
  std::optional<double> estimate;
  std::optional<double> std_error;

  template <class Visit>
  static void fields(Visit const& field) {
    field("model", "the model", &EstimateRow::model);
    field("parameters", "the truth", &EstimateRow::parameters);
    field("n", "sample size", &EstimateRow::n);
    field("estimator", "the estimator", &EstimateRow::estimator);
    field("replicate", "which replicate, from 0", &EstimateRow::replicate);
    field("component", "the parameter, or function of them, that is estimated", &EstimateRow::component);
    field("estimate", "its estimate; empty where the fit failed", &EstimateRow::estimate);
    field("std_error", "the standard error that the fit reports", &EstimateRow::std_error);
  }
};

/// Every estimate of one estimator at one scenario, from the first look: many rows of a table, kept without repeating
/// their texts.
struct KeptEstimates {
  /// What its rows are.
  using Row = EstimateRow;

  std::string model;                    ///< the model
  std::string parameters;               ///< the truth
  std::int64_t n = 0;                   ///< sample size
  std::string estimator;                ///< the estimator
  std::vector<std::string> components;  ///< what is estimated
  /// For each replicate in order and each component: the estimate and its standard error; NaN where there is none.
  std::vector<double> values;

  /// Calls `visit` with the rows, replicate by replicate, component by component.
  template <class Visit>
  void rows(Visit const& visit) const {
    auto const defined = [](double x) { return std::isnan(x) ? std::nullopt : std::optional(x); };
    std::size_t const width = 2 * components.size();
    EstimateRow row{model, parameters, n, estimator, 0, {}, {}, {}};
    for (std::size_t k = 0; k + width <= values.size() && width > 0; k += width, ++row.replicate)
      for (std::size_t a = 0; a < components.size(); ++a) {
        row.component = components[a];
        row.estimate = defined(values[k + 2 * a]);
        row.std_error = defined(values[k + 2 * a + 1]);
        visit(row);
      }
  }
};

}  // namespace fisherlab

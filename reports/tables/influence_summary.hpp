#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/statistics/agreement.hpp"
#include "findings/influence_row.hpp"

namespace fisherlab::reports {

/// The rows of one test point of one split, summed up: how the predictions met the refits, and who matters most.
struct InfluenceSummary {
  InfluenceRow first;                  ///< names data, model, convention, solver, split and test point
  int rows = 0;                        ///< rows that are summed up
  int pairs = 0;                       ///< rows that were refitted
  std::optional<Agreement> agreement;  ///< of at least three pairs
  std::string harmful;  ///< the training rows whose removal lowers the loss most, with the predicted change: "7 (-0.2)"
  std::string helpful;  ///< those whose removal raises it most

  /// Of `agreement`, where there is one.
  std::optional<double> slope() const { return agreed(&Agreement::slope); }
  /// Of `agreement`, where there is one.
  std::optional<double> intercept() const { return agreed(&Agreement::intercept); }
  /// Of `agreement`, where there is one.
  std::optional<double> relative_error() const { return agreed(&Agreement::relative_error); }
  /// Of `agreement`, where there is one.
  std::optional<double> pearson() const { return agreed(&Agreement::pearson); }
  /// Of `agreement`, where there is one.
  std::optional<double> spearman() const { return agreed(&Agreement::spearman); }

  /// The list of its fields (findings/fields.hpp).
  template <class Visit>
  static void fields(Visit const& field) {
    using S = InfluenceSummary;
    constexpr auto first = &S::first;
    field("data", "the data set", first, &InfluenceRow::data);
    field("model", "the model fitted to it", first, &InfluenceRow::model);
    field("n", "training rows", first, &InfluenceRow::n);
    field("p", "parameters", first, &InfluenceRow::p);
    field("l2", "weight of the penalty", first, &InfluenceRow::l2);
    field("convention", "which rows the penalty is of", first, &InfluenceRow::convention);
    field("solver", "how H x = v was solved", first, &InfluenceRow::solver);
    field("split", "which split into training and test data", first, &InfluenceRow::split);
    field("test_point", "row of the data, or `mean`", first, &InfluenceRow::test_point);
    field("pairs", "rows that were refitted", &S::pairs);
    field("slope", "of actual on predicted change", &S::slope);
    field("intercept", "of that line", &S::intercept);
    field("relative_error", "of the predicted changes", &S::relative_error);
    field("pearson", "correlation of predicted and actual", &S::pearson);
    field("spearman", "correlation of their ranks", &S::spearman);
    field("harmful", "training rows whose removal lowers the loss most", &S::harmful);
    field("helpful", "training rows whose removal raises it most", &S::helpful);
  }

 private:
  std::optional<double> agreed(double Agreement::*figure) const {
    return agreement ? std::optional((*agreement).*figure) : std::nullopt;
  }
};

/// One summary for each data set, model, penalty, convention, solver, split and test point, in the order of the rows.
std::vector<InfluenceSummary> influence_summaries(std::span<InfluenceRow const> rows);

}  // namespace fisherlab::reports

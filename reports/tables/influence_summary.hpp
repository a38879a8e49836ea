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
  InfluenceRow first;  ///< names data, model, convention, solver, split and test point
  int rows = 0;
  int pairs = 0;                       ///< rows that were refitted
  std::optional<Agreement> agreement;  ///< of at least three pairs
  std::string harmful;  ///< the training rows whose removal lowers the loss most, with the predicted change: "7 (-0.2)"
  std::string helpful;  ///< those whose removal raises it most
};

/// One summary for each data set, model, penalty, convention, solver, split and test point, in the order of the rows.
std::vector<InfluenceSummary> influence_summaries(std::span<InfluenceRow const> rows);

}  // namespace fisherlab::reports

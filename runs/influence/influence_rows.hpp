#pragma once

#include <cstdint>
#include <vector>

#include "estimators/influence/analysis/ranking.hpp"
#include "findings/influence_row.hpp"
#include "runs/influence/influence_run.hpp"

namespace fisherlab::runs {

/// The training rows that the report names, by their place.
estimators::influence::NamedRows named_rows(InfluenceRun const& run);

/// The rows of `influence.csv`: one for each target and training row.
std::vector<InfluenceRow> influence_rows(InfluenceRun const& run);

/// How many lines `leave_one_out.csv` would have with all training rows.
std::int64_t lines_of_all(InfluenceRun const& run);

/// The training rows, by their place, whose changes are written: all, or those that are named where `leave_one_out.csv`
/// would have more than 200,000 lines.
std::vector<int> rows_left_out(InfluenceRun const& run);

/// The rows of `leave_one_out.csv` for these training rows: one for each parameter.
std::vector<LeaveOneOutRow> leave_one_out_rows(InfluenceRun const& run, std::vector<int> const& rows);

/// The rows of `rows.csv`: leverage, Cook's distance and DFBETAS of every training row; none where the model has more
/// than one linear predictor, or none.
std::vector<Cases> case_rows(InfluenceRun const& run);

}  // namespace fisherlab::runs

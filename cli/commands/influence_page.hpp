#pragma once

#include <string>
#include <vector>

#include "reports/page/page_part.hpp"
#include "runs/influence/influence_run.hpp"

namespace fisherlab::cli {

/// What the page of a run shows beside its rows: leverage against Cook's distance, loss against self-influence, with
/// the numbers of the rows that stand out, and all tables as they were printed.
std::vector<reports::PagePart> influence_parts(runs::InfluenceRun const& run, std::string const& text);

}  // namespace fisherlab::cli

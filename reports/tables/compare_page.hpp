#pragma once

#include <string>

#include "reports/tables/compare.hpp"

namespace fisherlab::reports {

/// The bytes of a page about two runs: whether they are the same bits, verdicts that changed, worse first, and the
/// findings and measures that moved most, each with both intervals. It needs no other file; every text is escaped.
std::string compare_html(Comparison const& comparison, RunPair const& runs);

}  // namespace fisherlab::reports

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "findings/finding.hpp"
#include "findings/manifest.hpp"
#include "findings/replicate_row.hpp"

namespace fisherlab::reports {

/// The bytes of `summary.md`: the counts, the failed and the open findings, one row a claim, the verdicts shown only.
/// @param status  of the run: what ended it early stands first
/// @param noted  the replicates that the run names, of which the last line tells
std::string summary_markdown(std::span<Finding const> findings, RunStatus status = RunStatus::complete,
                             std::span<ReplicateRow const> noted = {});

/// Text that Markdown shows as it stands inside a table cell: markup characters are escaped, `<`, `>` and `&` written
/// as HTML entities, line breaks become spaces.
std::string markdown_cell(std::string_view text);

}  // namespace fisherlab::reports

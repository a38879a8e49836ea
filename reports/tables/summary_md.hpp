#pragma once

#include <span>
#include <string>
#include <string_view>

#include "findings/finding.hpp"
#include "findings/manifest.hpp"

namespace fisherlab::reports {

/// The bytes of `summary.md`: the counts, the failed and the open findings, one row a claim, the verdicts shown only.
/// @param status  of the run: what ended it early stands first
std::string summary_markdown(std::span<Finding const> findings, RunStatus status = RunStatus::complete);

/// Text that Markdown shows as it stands inside a table cell: markup characters are escaped, `<`, `>` and `&` written
/// as HTML entities, line breaks become spaces.
std::string markdown_cell(std::string_view text);

}  // namespace fisherlab::reports

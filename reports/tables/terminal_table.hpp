#pragma once

#include <span>
#include <string>

#include "findings/finding.hpp"

namespace fisherlab::reports {

/// How a terminal shows text.
struct TerminalStyle {
  int width = 80;       ///< columns; less than 40 counts as 40
  bool colour = false;  ///< ANSI colours
};

/// The findings for a terminal: the failed ones in full, then the open ones, then the counts, then a table with one
/// line a claim, then the verdicts that are shown only. Names are made printable, so they cannot steer the terminal.
std::string findings_table(std::span<Finding const> findings, TerminalStyle style);

}  // namespace fisherlab::reports

#pragma once

#include <span>
#include <string>

#include "findings/finding.hpp"

namespace fisherlab::reports {

/// How a terminal shows text.
struct TerminalStyle {
  int width = 80;        ///< columns; less than 40 counts as 40
  bool colour = false;   ///< ANSI colours
  bool verbose = false;  ///< all of what failed or is open, and what is shown only
};

/// The findings for a terminal: the failed ones in full, then the open ones, of each the first dozen, then the counts,
/// then a table with one line a statement. Names are made printable, so they cannot steer the terminal.
std::string findings_table(std::span<Finding const> findings, TerminalStyle style);

}  // namespace fisherlab::reports

#pragma once

namespace fisherlab::cli {

/// Where a stream of text goes.
struct Terminal {
  bool is_terminal = false;
  bool redraws = false;  ///< a terminal and TERM not "dumb": a line can be wiped and drawn again
  bool colour = false;   ///< a terminal, NO_COLOR unset and TERM not "dumb"
  int width = 100;       ///< columns; COLUMNS where it is no terminal, else 100
};

Terminal standard_output();
Terminal standard_error();

}  // namespace fisherlab::cli

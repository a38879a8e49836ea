#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace fisherlab::reports {

/// What another program may take before it is ended.
struct ProgramLimits {
  double seconds = 5;               ///< from its start to its end
  std::size_t bytes = 1 << 20;      ///< of its output
  std::function<bool()> stop = {};  ///< asked many times a second; may be empty
};

/// What another program left.
struct ProgramOutput {
  std::string text;        ///< its standard output; empty when it could not be started or did not exit with 0
  bool was_ended = false;  ///< it went beyond a limit, or `stop` said so
};

/// Runs a program with one argument on an input, in a process group of its own, which is killed with all its children
/// when a limit is passed. Its standard error is lost.
ProgramOutput run_limited(std::string const& program, std::string const& argument, std::string_view input,
                          ProgramLimits const& limits);

}  // namespace fisherlab::reports

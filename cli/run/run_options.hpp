#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/command_line/arguments.hpp"

namespace fisherlab::cli {

/// What every subcommand that simulates or fits takes.
struct RunOptions {
  std::optional<std::string> seed;
  std::optional<std::string> threads;
  std::string out = "reports-out";
  bool quiet = false;
  std::string command;  ///< the whole command line, for the manifest
};

void add_run_options(Arguments& arguments, RunOptions& options);

/// Sets what was given, and leaves the rest as it is. @throws InputError
void read_run_options(RunOptions const& options, std::uint64_t& seed, int& threads);

}  // namespace fisherlab::cli

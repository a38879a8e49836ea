#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "cli/command_line/arguments.hpp"
#include "findings/manifest.hpp"

namespace fisherlab::cli {

/// What every subcommand that simulates or fits takes.
struct RunOptions {
  std::optional<std::string> seed;
  std::optional<std::string> threads;
  std::optional<std::string> out;  ///< default_folder of the subcommand when left out
  bool force = false;
  bool quiet = false;
  std::string command;  ///< the whole command line, for the manifest
  /// When the program began: what it takes to read its input is time of the run too.
  std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
};

/// The folder of reports unless one is named: each subcommand has its own, so that none writes over another's.
/// "reports-out" of `verify`, "reports-simulate".
std::string default_folder(RunKind kind);

/// What a subcommand takes that computes in a moment: its folder.
void add_folder_options(Arguments& arguments, RunOptions& options);
void add_run_options(Arguments& arguments, RunOptions& options);

/// Sets what was given, and leaves the rest as it is. Tries whether so many threads can be had: those that were asked
/// for must be; else there are fewer. @throws InputError
void read_run_options(RunOptions const& options, std::uint64_t& seed, int& threads);

}  // namespace fisherlab::cli

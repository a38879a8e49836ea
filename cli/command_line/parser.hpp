#pragma once

#include <functional>
#include <span>
#include <string>

#include "cli/command_line/command.hpp"

namespace fisherlab::cli {

/// What a command line asks for: a text (`--help`, `--version`, or no subcommand at all), or else a run.
struct Request {
  std::string text{};
  std::function<int()> run{};
};

/// Reads the command line. CLI11 does the work, and is included nowhere else.
/// @throws InputError for what none of the commands takes, suggesting what was meant.
Request parse_command_line(std::span<Command const> commands, int argc, char const* const* argv,
                           claims::Catalogue const& catalogue = claims::shipped());

/// Of CLI11.
std::string parser_version();

}  // namespace fisherlab::cli

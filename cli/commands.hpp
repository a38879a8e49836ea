#pragma once

#include <vector>

#include "cli/command_line/command.hpp"

namespace fisherlab::cli {

inline constexpr char const* program_meaning = "Puts the theory of maximum likelihood to the test by simulation.";

/// The subcommands, in the order of `--help`.
std::vector<Command> commands();

}  // namespace fisherlab::cli

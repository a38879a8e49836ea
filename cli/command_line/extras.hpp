#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/command_line/command.hpp"

namespace fisherlab::cli {

/// Each refuses the first of `words`, which nobody asked for, and suggests what was meant; it does nothing when there
/// are none. @throws InputError

/// Words that stand before any subcommand, or are none.
void refuse_extras(std::vector<std::string> const& words, std::span<Command const> commands);

/// Words after a subcommand.
void refuse_extras(std::vector<std::string> const& words, std::string const& subcommand, Arguments const& arguments);

}  // namespace fisherlab::cli

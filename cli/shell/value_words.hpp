#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/shell/description.hpp"

namespace fisherlab::cli {

/// What the shell may complete a value to.
struct ValueNames {
  std::vector<std::string> names{};
  Value::Paths paths = Value::Paths::none;
};

/// The words of `--help` for values, as MODEL or DIR, that can be completed; others, such as N, cannot. A word means
/// the same wherever it stands.
std::vector<std::pair<std::string, ValueNames>> value_words(ProgramText const& program = program_text());

}  // namespace fisherlab::cli

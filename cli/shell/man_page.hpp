#pragma once

#include <string>

#include "cli/shell/description.hpp"

namespace fisherlab::cli {

/// The manual page fisherlab.1 in the macros of man(7).
std::string man_page(ProgramText const& program);

}  // namespace fisherlab::cli

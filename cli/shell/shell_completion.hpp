#pragma once

#include <string>

#include "cli/shell/description.hpp"

namespace fisherlab::cli {

/// A script that makes bash complete subcommands, options, names of the catalogues and paths: `source` it, or install
/// it as bash-completion/completions/fisherlab.
std::string bash_completion(ProgramText const& program);

/// The same for zsh: a function file `_fisherlab` for a folder of $fpath.
std::string zsh_completion(ProgramText const& program);

}  // namespace fisherlab::cli

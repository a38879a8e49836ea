#pragma once

#include <optional>
#include <string>

#include "claims/shipped.hpp"
#include "cli/run/run_options.hpp"

namespace fisherlab::cli {

/// What the command line of `fisherlab merge` says beside the shards.
struct MergeOptions {
  claims::Catalogue const& catalogue;       ///< what the study may name
  std::string out;                          ///< folder of the run that they make
  std::optional<std::string> history = {};  ///< the file that the run is added to
  RunOptions run = {};                      ///< with `out` as its folder
};

}  // namespace fisherlab::cli

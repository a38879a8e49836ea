#pragma once

#include <optional>
#include <string>

#include "cli/run/run_options.hpp"
#include "runs/studies/study.hpp"

namespace fisherlab::cli {

/// What the command line says of a shard.
struct ShardOptions {
  std::string shard;                 ///< "2/7"
  std::optional<std::string> look;   ///< its number, from 1
  std::optional<std::string> after;  ///< the folder that the looks before are merged in
  bool resume = false;
  RunOptions run;
};

/// Does one part of a look and leaves what it came to in `checkpoint.bin` of its folder.
/// @throws InputError before anything is written.
int verify_shard(runs::Study const& study, ShardOptions const& options);

}  // namespace fisherlab::cli

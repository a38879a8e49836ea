#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "runs/blocks/shares.hpp"

namespace fisherlab::runs {

/// How the work on a shard went.
struct ShardResult {
  std::int64_t replicates = 0;  ///< folded in this shard
  bool deadline_reached = false;
  bool interrupted = false;
};

/// What one shard came to.
struct ShardState {
  std::string name;  ///< in messages: its folder
  Share share;
  std::string state;
};

/// What is left of a share.
struct Left {
  std::int64_t blocks = 0;
  std::int64_t experiments = 0;

  bool any() const { return blocks > 0 || experiments > 0; }
};

/// Work that shards are added to.
struct SharedWork {
  std::function<void(std::string_view state)> add;  ///< takes one in
  std::function<Left(Share const& share)> left_of;  ///< what is not there yet of a share
};

/// Adds what a shard came to.
/// @throws InputError naming the shard that is of other work, is not complete, or holds what others are to do.
void add_shard(ShardState const& shard, SharedWork const& work);

}  // namespace fisherlab::runs

#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>

#include "base/api.hpp"

namespace fisherlab::sim {

/// Replicates are worked off in blocks of this many; a block is the grain of parallel work and of the fold.
inline constexpr std::int64_t block_size = 1024;

/// A run was told to stop before it was done.
class FISHERLAB_API Interrupted : public std::runtime_error {
 public:
  Interrupted() : std::runtime_error("the run was interrupted") {}
};

/// What a block hands to the fold.
using BlockResult = std::shared_ptr<void>;

/// One stretch of parallel work.
struct BlockWork {
  std::int64_t first = 0;                               ///< first block
  std::int64_t last = 0;                                ///< one past the last block
  std::function<BlockResult(std::int64_t block)> work;  ///< runs on any thread, several at once
  std::function<void(BlockResult)> fold;                ///< runs alone, in block order
  std::function<bool()> stop;                           ///< asked before each block; may be empty
};

/// Runs `work` for every block on `threads` threads (0: one a core) and folds the results in index order, so the
/// result has the same bits for every number of threads. Only a few results wait at any time.
/// @throws Interrupted when `stop` said so; whatever `work` or `fold` throw.
FISHERLAB_API void run_blocks(BlockWork const& blocks, int threads);

/// Number of threads that 0 stands for.
FISHERLAB_API int default_threads();

/// The version of fisherlab that this library is of, as "0.1.0".
FISHERLAB_API char const* library_version();

/// The instruction level that this library is compiled for: "x86-64-v3", or the processor's name off x86-64.
FISHERLAB_API char const* instruction_level();

}  // namespace fisherlab::sim

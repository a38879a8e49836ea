#include "runs/shards/shard_state.hpp"

#include <fmt/format.h>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"

namespace fisherlab::runs {

void add_shard(ShardState const& shard, SharedWork const& work) {
  auto const name = printable(shard.name);
  auto const& [part, parts] = shard.share;
  Share const everything{};
  auto const before = work.left_of(everything), due = work.left_of(shard.share);
  try {
    work.add(shard.state);
  } catch (InputError const&) {
    throw InputError(
        fmt::format("'{}' is not a part of this look (its blocks are those of other questions or of "
                    "another shard), do that shard anew",
                    name));
  }
  auto const left = work.left_of(shard.share);
  expects(!left.any(),
          fmt::format("'{}' is not complete (shard {}/{} lacks {} of {} blocks{}), go on with the command "
                      "of that shard and --resume",
                      name, part, parts, left.blocks, due.blocks, left.experiments > 0 ? " and an experiment" : ""));
  auto const after = work.left_of(everything);
  expects(before.blocks - after.blocks == due.blocks && before.experiments - after.experiments == due.experiments,
          fmt::format("'{}' holds more than shard {}/{} is to do, do that shard anew", name, part, parts));
}

}  // namespace fisherlab::runs

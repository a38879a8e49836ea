#pragma once

#include <string>

#include "runs/blocks/shares.hpp"
#include "runs/resume/checkpoint.hpp"

namespace fisherlab::cli {

/// "2/7" as a share.
/// @throws InputError for anything else.
runs::Share parse_share(std::string const& text);

/// The facts of a run with which part of it a shard is.
runs::RunFacts with_share(runs::RunFacts facts, runs::Share const& share);

/// The share that facts speak of.
/// @throws InputError when they speak of none.
runs::Share share_in(runs::RunFacts const& facts);

/// What must be the same in all shards: not the name of the study, which is a path that machines may not share, nor the
/// part.
runs::RunFacts common_facts(runs::RunFacts facts);

/// "All 7 shards are joined by `fisherlab merge OUT SHARD...`."
std::string join_sentence(runs::Share const& share);

}  // namespace fisherlab::cli

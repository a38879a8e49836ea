#pragma once

#include <string>

#include "runs/resume/checkpoint.hpp"
#include "runs/shards/shard.hpp"
#include "runs/studies/study.hpp"

namespace fisherlab::cli {

/// What decides the bytes of a run of `verify`.
runs::RunFacts facts_of(runs::Study const& study);

/// The same of one of its shards: also which part of which look it is, and the SHA-256 of the state that the looks
/// before were merged to.
runs::RunFacts facts_of(runs::Study const& study, runs::Shard const& shard);

/// Sets what the facts say of a run otherwise than its study does.
/// @throws InputError when they are none of `facts_of`.
void set_by_facts(runs::RunFacts const& facts, runs::RunSettings& settings);

/// The shard that facts speak of, without the state before it.
/// @throws InputError when they speak of none.
runs::Shard shard_in(runs::RunFacts const& facts);

/// "reports-look-1-shard-2-of-7": where a shard is written unless a folder is named.
std::string shard_folder(runs::Shard const& shard);

}  // namespace fisherlab::cli

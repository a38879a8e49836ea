#include "runs/shards/shard.hpp"

#include <fmt/format.h>

#include "base/expects.hpp"
#include "runs/experiments.hpp"
#include "runs/run_work.hpp"
#include "runs/shards/parts.hpp"

namespace fisherlab::runs {
namespace {

RunHooks from(RunHooks hooks, std::string const& state) {
  hooks.resumed = state;
  return hooks;
}

/// What a shard of the look that has begun is to do.
struct Portion {
  LookWork blocks;
  ExperimentWork experiments;
};

Portion portion_of(RunWork const& work, Share const& share) {
  Portion portion{share_of(work.looks.all(), work.looks.sizes(), share), {}};
  if (work.course.place.look == 0) portion.experiments = share_of(experiment_work(work.pending), share);
  return portion;
}

void begin(RunWork& work, int look) {
  auto const& place = work.course.place;
  expects(place.look == look && !place.finished && !place.in_experiments,
          fmt::format("look {} is not the one that follows (what is merged awaits look {}), give that", look + 1,
                      place.look + 1));
  expects(work.has_look(), fmt::format("there is no look {} (nothing is open, or max_replicates is reached), see what "
                                       "`fisherlab merge` printed",
                                       look + 1));
  work.begin_look();
  expects(look == 0 || work.looks.missing() == work.looks.all(),
          "the look was begun by one process, go on there with `fisherlab verify --resume`");
}

/// What is left of a share, of those experiments too that others have.
Left left_in(RunWork const& work, Share const& share) {
  auto const portion = portion_of(work, share);
  return left_of(work, portion.blocks, portion.experiments);
}

}  // namespace

void check_shard(std::vector<claims::Question> const& questions, RunSettings const& settings, Shard const& shard) {
  RunHooks const hooks = from({}, shard.before);
  RunWork work(questions, settings, hooks);
  begin(work, shard.look);
}

ShardResult run_shard(std::vector<claims::Question> const& questions, RunSettings const& settings,
                      RunHooks const& hooks, Shard const& shard) {
  auto const inner = from(hooks, shard.before);
  RunWork work(questions, settings, inner);
  begin(work, shard.look);
  work.course.is_part = true;
  work.course.pack = [&work] { return packed_parts(work); };
  auto const before = work.course.replicates;
  if (!hooks.resumed.empty()) add_parts(work, hooks.resumed);
  auto const portion = portion_of(work, shard.share);
  work.looks.take(portion.blocks);
  if (!work.course.has_ended()) carry_out_experiments(work.pending, portion.experiments, work.plan, work.course);
  work.course.seal();
  return {work.course.replicates - before, work.course.is_late && !work.course.interrupted, work.course.interrupted};
}

MergedRun merge_shards(std::vector<claims::Question> const& questions, RunSettings const& settings,
                       RunHooks const& hooks, std::vector<ShardState> const& shards, int look,
                       std::string const& before) {
  auto const inner = from(hooks, before);
  RunWork work(questions, settings, inner);
  begin(work, look);
  SharedWork const shared{[&work](std::string_view state) { add_parts(work, state); },
                          [&work](Share const& share) { return left_in(work, share); }};
  for (auto const& shard : shards) add_shard(shard, shared);
  work.looks.judge();
  judge_pieces(work.pending, work.plan, work.course);
  work.end_look();
  MergedRun merged;
  if (work.has_look()) {
    merged.state = work.course.pack();
    merged.next_look = work.course.place.look;
    work.course.interrupted = true;  // to who reads the folder now
  }
  merged.result = work.finish();
  return merged;
}

}  // namespace fisherlab::runs

// What the process that folds has to do where a look is shared among K ranks (docs/cluster.md): one message a rank,
// with the nodes that its share of the first look of `notes` leaves. The nodes hold the tallies of one real block of
// their scenario, so bytes and sums are of the size that they would have; only the replicates are not all drawn.
#include <benchmark/benchmark.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "runs/blocks/block_fold.hpp"
#include "runs/blocks/shares.hpp"
#include "runs/ranks/rank_messages.hpp"
#include "runs/run_work.hpp"
#include "runs/shards/parts.hpp"
#include "runs/studies/study.hpp"

namespace {

using namespace fisherlab::runs;

/// The blocks of `notes`, and the tallies of a block of each simulation.
struct FirstLook {
  FirstLook() : study(load_study("notes")) {
    RunWork work(study.questions, study.settings, hooks);
    work.begin_look();
    blocks = work.looks.all();
    sizes = work.looks.sizes();
    LookWork one;
    for (auto const& ranges : blocks) one.push_back(ranges.empty() ? BlockRanges() : BlockRanges{{0, 1}});
    work.looks.take(one);
    for (std::size_t k = 0; k < blocks.size(); ++k)
      tallies.push_back(blocks[k].empty() ? std::vector<fisherlab::sim::Tally>()
                                          : work.looks.fold(k).nodes().begin()->second.tallies);
  }

  /// What rank `part` of `parts` sends.
  std::string message(RunWork& work, int part, int parts) const {
    auto const mine = share_of(blocks, sizes, {part, parts});
    for (std::size_t k = 0; k < mine.size(); ++k)
      for (auto const& range : mine[k])
        for (auto b = range.first; b < range.last; ++b) work.looks.add(k, b, {1, tallies[k]});
    auto bytes = packed_parts(work);
    forget_parts(work);
    return bytes;
  }

  RunHooks hooks;
  Study study;
  LookWork blocks;
  std::vector<std::int64_t> sizes;
  std::vector<std::vector<fisherlab::sim::Tally>> tallies;
};

void fold_of_ranks(benchmark::State& state) {
  static FirstLook const look;
  int const ranks = static_cast<int>(state.range(0));
  RunWork worker(look.study.questions, look.study.settings, look.hooks);
  worker.begin_look();
  std::vector<std::string> messages;
  double bytes = 0;
  for (int part = 1; part <= ranks; ++part) {
    messages.push_back(look.message(worker, part, ranks));
    bytes += static_cast<double>(messages.back().size());
  }
  for (auto _ : state) {
    state.PauseTiming();
    RunWork leader(look.study.questions, look.study.settings, look.hooks);
    leader.begin_look();
    state.ResumeTiming();
    for (auto const& message : messages) add_parts(leader, message);
    benchmark::DoNotOptimize(leader.course.replicates);
  }
  auto const assignment = packed_assignment(left_to_do(worker), worker, std::string(400, ' '));
  state.counters["kB_assignment"] = static_cast<double>(assignment.size()) / 1e3;
  state.counters["MB"] = bytes / 1e6;
  state.counters["kB_a_rank"] = bytes / 1e3 / ranks;
}

BENCHMARK(fold_of_ranks)
    ->Arg(1)
    ->Arg(10)
    ->Arg(100)
    ->Arg(1000)
    ->Arg(10'000)
    ->Unit(benchmark::kMillisecond)
    ->Iterations(1);

}  // namespace

#include "runs/run.hpp"

#include "runs/experiments.hpp"
#include "runs/run_work.hpp"

namespace fisherlab::runs {
namespace {

/// One look and, in the first, the experiments, from the place of the course on.
void take_look(RunWork& work) {
  auto& place = work.course.place;
  if (!place.in_experiments) {
    work.looks.take(work.looks.missing());
    work.looks.judge();
  }
  if (work.course.has_ended() || place.look > 0 || experiment_work(work.pending).empty()) return;
  place.in_experiments = true;
  carry_out_experiments(work.pending, open_experiments(work.pending), work.plan, work.course);
  if (!work.course.has_ended()) judge_pieces(work.pending, work.plan, work.course);
}

}  // namespace

RunResult run(std::vector<claims::Question> const& questions, RunSettings const& settings, RunHooks const& hooks) {
  RunWork work(questions, settings, hooks);
  while (work.has_look()) {
    work.begin_look();
    take_look(work);
    if (!work.end_look()) break;
  }
  return work.finish();
}

}  // namespace fisherlab::runs

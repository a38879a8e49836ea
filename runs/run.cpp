#include "runs/run.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/hash.hpp"
#include "base/statistics/interval.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/evidence/plan.hpp"
#include "runs/course.hpp"
#include "runs/experiments.hpp"
#include "runs/looks.hpp"
#include "runs/noted.hpp"
#include "runs/pending.hpp"
#include "runs/pictures.hpp"
#include "runs/resume/run_state.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

claims::Plan::Settings plan_settings(std::vector<claims::Question> const& questions, RunSettings const& settings) {
  auto const blocks = (settings.first_replicates + sim::block_size - 1) / sim::block_size;
  return {settings.family_error, std::max<std::int64_t>(finding_count(questions), 1), blocks * sim::block_size,
          std::max(settings.max_replicates, blocks * sim::block_size)};
}

/// One look and, in the first, the experiments, from the place of the course on.
void take_look(std::vector<Pending>& pending, claims::Plan const& plan, Looks& looks, Course& course,
               RunResult& result) {
  int const look = course.place.look;
  if (!course.place.in_experiments) looks.take(look);
  if (course.has_ended() || look > 0 || !has_experiments(pending)) return;
  if (!course.place.in_experiments) course.place = {.look = look, .in_experiments = true};
  carry_out_experiments(pending, plan, course, result.notes);
}

/// Looks until nothing is open, the plan or the deadline ends, or the run is interrupted; experiments after the first.
void look_at_all(std::vector<Pending>& pending, claims::Plan const& plan, Looks& looks, Course& course,
                 RunResult& result) {
  for (auto& place = course.place; place.look < plan.looks() && !place.finished; place = {.look = place.look + 1}) {
    auto const planned = looks.planned(place.look);
    if (planned == 0 && !(place.look == 0 && has_experiments(pending))) return;
    take_look(pending, plan, looks, course, result);
    bool const is_cut = course.is_late || course.has_skipped;
    if (!course.interrupted && (!is_cut || looks.is_drawn())) result.looks = place.look + 1;
    if (course.interrupted || is_cut) return;
  }
}

/// What the deadline left without its first look is open, not missing.
void leave_open(std::vector<Pending>& pending, claims::Plan const& plan) {
  auto nothing = vacuous_interval();
  nothing.reason = "the deadline came before its first look";
  for (auto& each : pending)
    for (std::size_t k = 0; k < each.findings.size(); ++k)
      if (!each.findings[k]) decide(each, k, claims::measured({}, nothing, 0), plan.level(0));
}

/// What is decided, and the hash of every tally.
void collect(std::vector<Pending> const& pending, Looks& looks, RunResult& result) {
  std::vector<std::uint64_t> prints;
  for (auto const& each : pending) {
    for (auto const& tally : each.tallies) prints.push_back(tally.fingerprint());
    collect_into(result, each);
  }
  for (auto& measure : looks.measures()) {
    if (!measure.keeps_estimates()) prints.push_back(measure.tally.fingerprint());
    if (looks.is_whole(measure)) collect_into(result, measure);  // else the run was interrupted
  }
  result.fingerprint = fingerprint_text(prints);
}

/// Last of all, so that an interruption costs no finding.
void collect_pictures(std::vector<Pending> const& pending, Course& course, RunResult& result) {
  auto const& settings = course.settings;
  try {
    for (auto const& each : pending)
      if (!course.interrupted)
        add_pictures(result.pictures, pictures_of(*each.question, each.tallies, settings.seed,
                                                  {settings.threads, course.hooks.stop, {}}));
  } catch (sim::Interrupted const&) {
    course.interrupted = true;
  }
}

}  // namespace

RunResult run(std::vector<claims::Question> const& questions, RunSettings const& settings, RunHooks const& hooks) {
  claims::Plan const plan(plan_settings(questions, settings));
  Course course{settings, hooks};
  auto pending = begun(questions);
  Looks looks(pending, plan, course);
  RunResult result;
  RunState const state{course, pending, looks.measures(), result};
  course.pack = [&state] { return state.packed(); };
  if (!hooks.resumed.empty()) state.unpack(hooks.resumed);
  if (hooks.save) course.clock.saved();
  look_at_all(pending, plan, looks, course, result);
  bool const is_cut = course.is_late || course.has_skipped;
  if (!course.interrupted && !is_cut) {
    course.place.finished = true;
    course.save();
  }
  result.deadline_reached = is_cut && !course.interrupted;
  if (result.deadline_reached) leave_open(pending, plan);
  collect(pending, looks, result);
  result.noted = noted_replicates(questions, pending);
  if (settings.pictures) collect_pictures(pending, course, result);
  result.replicates = course.replicates;
  result.interrupted = course.interrupted;
  return result;
}

}  // namespace fisherlab::runs

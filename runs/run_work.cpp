#include "runs/run_work.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "base/hash.hpp"
#include "base/statistics/interval.hpp"
#include "claims/evidence/judge.hpp"
#include "runs/experiment_work.hpp"
#include "runs/noted.hpp"
#include "runs/pictures.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

claims::Plan::Settings plan_settings(std::vector<claims::Question> const& questions, RunSettings const& settings) {
  auto const blocks = (settings.first_replicates + sim::block_size - 1) / sim::block_size;
  return {settings.family_error, std::max<std::int64_t>(sharing_count(questions), 1), blocks * sim::block_size,
          std::max(settings.max_replicates, blocks * sim::block_size)};
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

/// Whether replicates are drawn for its pictures.
bool has_sketches(claims::Question const& question) {
  auto const* const sampled = question.sampled();
  return sampled != nullptr && !sampled->sketches.empty();
}

/// A share of the deadline for pictures: 26 s in two hours of `nightly`, and less of the deadline than it may be missed
/// by.
double picture_seconds(std::vector<claims::Question> const& questions, RunSettings const& settings) {
  constexpr double share = 0.02;
  bool const has_any = settings.pictures && std::ranges::any_of(questions, has_sketches);
  return has_any && std::isfinite(settings.deadline_seconds) ? share * settings.deadline_seconds : 0;
}

/// Last of all, so that an interruption costs no finding. Gives whether the deadline came before all were made; what
/// needs no replicates of its own is made all the same.
bool collect_pictures(std::vector<Pending> const& pending, Course& course, RunResult& result) {
  auto const& settings = course.settings;
  bool is_late = false;
  auto const stop = [&] {
    if (course.hooks.stop && course.hooks.stop()) course.interrupted = true;
    is_late = is_late || course.has_no_time_for_pictures();
    return course.interrupted || is_late;
  };
  for (auto const& each : pending) {
    if (course.interrupted) break;
    try {
      add_pictures(result.pictures,
                   pictures_of(*each.question, each.tallies, settings.seed, {settings.threads, stop, {}}));
    } catch (sim::Interrupted const&) {
      // Of this question; those that need no replicates still get theirs.
    }
  }
  return is_late;
}

}  // namespace

RunWork::RunWork(std::vector<claims::Question> const& questions, RunSettings const& settings, RunHooks const& hooks)
    : plan(plan_settings(questions, settings)),
      course{settings, hooks},
      pending(begun(questions)),
      looks(pending, plan, course),
      questions_(questions) {
  course.picture_seconds = picture_seconds(questions, settings);
  RunState const state{course, pending, looks, result};
  course.pack = [this] { return RunState{course, pending, looks, result}.packed(); };
  if (!hooks.resumed.empty()) {
    state.unpack(hooks.resumed);
    begun_ = course.place.look;
  }
  if (hooks.save) course.clock.saved();
}

bool RunWork::has_look() const {
  auto const& place = course.place;
  if (place.finished || place.look >= plan.looks()) return false;
  return place.in_experiments || looks.planned(place.look) > 0 ||
         (place.look == 0 && !experiment_work(pending).empty());
}

void RunWork::begin_look() {
  if (begun_ != course.place.look) looks.begin(course.place.look);
  begun_ = course.place.look;
}

bool RunWork::end_look() {
  bool const is_cut = course.is_late || course.has_skipped;
  if (!course.interrupted && (!is_cut || looks.is_drawn())) result.looks = course.place.look + 1;
  if (course.interrupted || is_cut) return false;
  course.place = {.look = course.place.look + 1};
  return true;
}

RunResult RunWork::finish() {
  bool const is_cut = course.is_late || course.has_skipped;
  if (!course.interrupted && !is_cut) {
    course.place.finished = true;
    course.save();
  }
  result.deadline_reached = is_cut && !course.interrupted;
  if (result.deadline_reached) leave_open(pending, plan);
  collect(pending, looks, result);
  result.noted = noted_replicates(questions_, pending);
  if (course.settings.pictures && collect_pictures(pending, course, result)) result.deadline_reached = true;
  result.replicates = course.replicates;
  result.interrupted = course.interrupted;
  result.deadline_reached = result.deadline_reached && !course.interrupted;
  return std::move(result);
}

}  // namespace fisherlab::runs

#include "runs/experiments.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <utility>

#include "claims/evidence/judge.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

/// Judges all findings of one experiment, at `level` where it chooses none.
void judge(Pending& pending, claims::ExperimentResult result, double level) {
  auto const& question = *pending.question;
  auto const tell = [&](std::string const& what) {
    pending.notes.push_back(question.claim + " on " + model_text(question) + ": " + what);
  };
  for (auto const& note : result.notes) tell(note);
  if (!result.failure.empty()) {
    tell(result.failure);
    result.measurements.assign(pending.findings.size(), claims::measured({}, vacuous_interval(), 0));
  }
  for (std::size_t k = 0; k < pending.findings.size(); ++k)
    decide(pending, k, result.measurements[k], result.levels.empty() ? level : result.levels[k]);
  name_rows(question, result.convergence);
  pending.experiment = std::move(result);
  pending.is_carried_out = true;
}

/// Tells the share of an experiment that is done.
std::function<void(double)> shown(claims::Question const& question, Course& course) {
  auto const tell = [name = question.claim + ": " + model_text(question), &course](double share) {
    constexpr std::int64_t whole = 1000;
    auto const done = static_cast<std::int64_t>(share * static_cast<double>(whole));
    course.tell({name, 0, done, whole, course.replicates});
  };
  tell(0);
  return tell;
}

void carry_out(Pending& pending, claims::Plan const& plan, claims::ExperimentRun run) {
  double const alpha = plan.alpha_once();
  run.alpha = alpha / claims::Plan::reserve;
  judge(pending, pending.question->experiment()->carry_out(run), 1 - alpha);
}

using Units = std::span<ExperimentUnit const>;

/// Pieces of one experiment, side by side; `done` is called after each.
void do_pieces(Pending& pending, Units units, Course& course, std::function<void()> const& done) {
  auto const& pieces = *pending.question->experiment()->pieces;
  auto const show = shown(*pending.question, course);
  std::size_t count = 0;
  sim::BlockWork work;
  work.last = std::ssize(units);
  auto const do_piece = pieces.begin(course.settings.seed);
  work.work = [&](std::int64_t k) -> sim::BlockResult {
    return std::make_shared<claims::Piece>(do_piece(units[static_cast<std::size_t>(k)].piece));
  };
  work.fold = [&](sim::BlockResult const& result) {
    pending.pieces.emplace(units[count++].piece, std::move(*static_cast<claims::Piece*>(result.get())));
    show(static_cast<double>(count) / static_cast<double>(units.size()));
    done();
  };
  work.stop = course.stop();
  sim::run_blocks(work, course.settings.threads);
}

/// One unit that is a whole, or the pieces of one question that stand together at the front.
Units first_of(Units work) {
  auto const& front = work.front();
  auto const is_other = [&front](ExperimentUnit const& unit) { return unit.question != front.question; };
  auto const end = front.piece == ExperimentUnit::whole ? work.begin() + 1 : std::ranges::find_if(work, is_other);
  return work.first(static_cast<std::size_t>(end - work.begin()));
}

}  // namespace

void carry_out_experiments(std::vector<Pending>& pending, ExperimentWork work, claims::Plan const& plan,
                           Course& course) {
  std::erase_if(work, [&pending](ExperimentUnit const& unit) { return is_done(unit, pending); });
  double const began = course.elapsed(), before = course.experiment_seconds;
  auto const save_if_due = [&] {
    if (course.hooks.save) course.experiment_seconds = before + course.elapsed() - began;
    course.save_if_due();
  };
  for (Units left(work); !left.empty();) {
    if (course.has_ended() || (course.has_deadline() && course.ends_here())) break;
    save_if_due();
    auto const units = first_of(left);
    left = left.subspan(units.size());
    auto& asked = pending[units.front().question];
    try {
      if (units.front().piece != ExperimentUnit::whole)
        do_pieces(asked, units, course, save_if_due);
      else
        carry_out(asked, plan,
                  {course.settings.seed, course.settings.threads, 0, course.stop(), shown(*asked.question, course)});
    } catch (sim::Interrupted const&) {
      if (!course.has_ended()) course.interrupted = true;
      break;
    }
  }
  course.experiment_seconds = before + course.elapsed() - began;
  if (course.has_ended()) course.seal();
}

void judge_pieces(std::vector<Pending>& pending, claims::Plan const& plan, Course& course) {
  for (auto const& unit : experiment_work(pending)) {
    if (unit.piece != 0) continue;
    auto& first = pending[unit.question];
    if (std::ssize(first.pieces) < first.question->experiment()->pieces->count) continue;
    auto const end = end_of_shared(pending, unit.question);
    for (auto k = unit.question; k < end; ++k)
      if (!pending[k].is_carried_out)
        carry_out(pending[k], plan, {course.settings.seed, course.settings.threads, 0, {}, {}, &first.pieces});
    first.pieces.clear();
  }
}

}  // namespace fisherlab::runs

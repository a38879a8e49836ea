#include "runs/experiments.hpp"

#include <algorithm>
#include <cstdint>

#include "claims/evidence/judge.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

bool is_experiment(Pending const& pending) { return pending.question->experiment() != nullptr; }

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

void carry_out(Pending& pending, claims::Plan const& plan, Course& course) {
  auto const& question = *pending.question;
  auto const show = [&](double share) {
    constexpr std::int64_t whole = 1000;
    auto const done = static_cast<std::int64_t>(share * static_cast<double>(whole));
    course.tell({question.claim + ": " + model_text(question), 0, done, whole, course.replicates});
  };
  show(0);
  double const alpha = plan.alpha_once();
  claims::ExperimentRun const run{course.settings.seed, course.settings.threads, alpha / claims::Plan::reserve,
                                  course.stop(), show};
  judge(pending, question.experiment()->carry_out(run), 1 - alpha);
}

}  // namespace

bool has_experiments(std::vector<Pending> const& pending) {
  return std::any_of(pending.begin(), pending.end(), is_experiment);
}

std::vector<std::size_t> experiments_of(std::vector<Pending> const& pending) {
  std::vector<std::size_t> all;
  for (std::size_t k = 0; k < pending.size(); ++k)
    if (is_experiment(pending[k])) all.push_back(k);
  return all;
}

std::vector<std::size_t> open_experiments(std::vector<Pending> const& pending) {
  auto open = experiments_of(pending);
  std::erase_if(open, [&pending](std::size_t k) { return pending[k].is_carried_out; });
  return open;
}

void carry_out_experiments(std::vector<Pending>& pending, std::vector<std::size_t> const& which,
                           claims::Plan const& plan, Course& course) {
  double const began = course.elapsed(), before = course.experiment_seconds;
  auto const take_time = [&] { course.experiment_seconds = before + course.elapsed() - began; };
  for (auto const k : which) {
    if (pending[k].is_carried_out) continue;
    if (course.has_ended() || (course.has_deadline() && course.ends_here())) break;
    if (course.hooks.save) take_time();
    course.save_if_due();
    try {
      carry_out(pending[k], plan, course);
    } catch (sim::Interrupted const&) {
      if (!course.has_ended()) course.interrupted = true;
      break;
    }
  }
  take_time();
  if (course.has_ended()) course.seal();
}

}  // namespace fisherlab::runs

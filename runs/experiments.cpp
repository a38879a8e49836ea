#include "runs/experiments.hpp"

#include <algorithm>
#include <cstdint>

#include "claims/evidence/judge.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

bool is_experiment(Pending const& pending) { return pending.question->experiment() != nullptr; }

/// Judges all findings of one experiment, at `level` where it chooses none.
void judge(Pending& pending, claims::ExperimentResult result, double level, std::vector<std::string>& notes) {
  auto const& question = *pending.question;
  auto const tell = [&](std::string const& what) {
    notes.push_back(question.claim + " on " + model_text(question) + ": " + what);
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
}

void carry_out(Pending& pending, claims::Plan const& plan, Course& course, std::vector<std::string>& notes) {
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
  judge(pending, question.experiment()->carry_out(run), 1 - alpha, notes);
}

}  // namespace

bool has_experiments(std::vector<Pending> const& pending) {
  return std::any_of(pending.begin(), pending.end(), is_experiment);
}

void carry_out_experiments(std::vector<Pending>& pending, claims::Plan const& plan, Course& course,
                           std::vector<std::string>& notes) {
  double const began = course.elapsed(), before = course.experiment_seconds;
  auto const take_time = [&] { course.experiment_seconds = before + course.elapsed() - began; };
  auto& done = course.place.done;
  for (; done < pending.size(); ++done) {
    if (!is_experiment(pending[done])) continue;
    if (course.has_ended() || (course.has_deadline() && course.ends_here())) break;
    if (course.hooks.save) take_time();
    course.save_if_due();
    try {
      carry_out(pending[done], plan, course, notes);
    } catch (sim::Interrupted const&) {
      if (!course.has_ended()) course.interrupted = true;
      break;
    }
  }
  take_time();
  if (course.has_ended()) course.seal();
}

}  // namespace fisherlab::runs

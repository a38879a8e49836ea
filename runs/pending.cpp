#include "runs/pending.hpp"

#include <cstddef>

#include "claims/evidence/judge.hpp"

namespace fisherlab::runs {
namespace {

Finding judged(claims::Question const& question, std::size_t k, Measurement measurement, double level) {
  auto const& asked = question.findings[k];
  Finding finding;
  finding.claim = question.claim;
  finding.statement = question.statement;
  finding.model = model_text(question);
  finding.parameters = parameters_text(question);
  finding.n = asked.n;
  finding.measurement = std::move(measurement);
  finding.measurement.statistic = asked.statistic;
  finding.region = asked.region;
  finding.level = level;
  finding.expected = question.expected;
  return claims::judge(std::move(finding));
}

void decide(Pending& pending, std::size_t k, Measurement measurement, double level) {
  pending.findings[k] = judged(*pending.question, k, std::move(measurement), level);
  pending.open[k] = pending.findings[k]->verdict == Verdict::inconclusive;
}

void name_rows(claims::Question const& question, std::vector<ConvergenceRow>& rows) {
  for (auto& row : rows) {
    row.claim = question.claim;
    row.model = model_text(question);
    row.parameters = parameters_text(question);
  }
}

template <class Row>
void append(std::vector<Row>& all, std::vector<Row> const& some) {
  all.insert(all.end(), some.begin(), some.end());
}

}  // namespace

Pending begun(claims::Question const& question) {
  Pending pending;
  pending.question = &question;
  for (auto const& probe : question.probes) pending.tallies.emplace_back(probe.shape);
  pending.findings.resize(question.findings.size());
  pending.convergence.resize(question.findings.size());
  pending.open.assign(question.findings.size(), true);
  return pending;
}

void measure_open(Pending& pending, claims::Plan const& plan, int look) {
  double const alpha = plan.interval_alpha(look);
  for (std::size_t k = 0; k < pending.open.size(); ++k) {
    if (!pending.open[k]) continue;
    auto const& asked = pending.question->findings[k];
    decide(pending, k, asked.measure(pending.tallies, alpha), plan.level(look));
    if (!asked.convergence) continue;
    pending.convergence[k] = asked.convergence(pending.tallies, alpha);
    name_rows(*pending.question, pending.convergence[k]);
  }
}

void carry_out(Pending& pending, claims::ExperimentRun const& run, double level, std::vector<std::string>& notes) {
  auto const& question = *pending.question;
  pending.experiment = question.experiment->carry_out(run);
  auto& result = pending.experiment;
  name_rows(question, result.convergence);
  auto const tell = [&](std::string const& what) {
    notes.push_back(question.claim + " on " + model_text(question) + ": " + what);
  };
  for (auto const& note : result.notes) tell(note);
  if (!result.failure.empty()) {
    tell(result.failure);
    result.measurements.assign(question.findings.size(), claims::measured({}, vacuous_interval(), 0));
  }
  for (std::size_t k = 0; k < question.findings.size(); ++k)
    decide(pending, k, result.measurements[k], result.levels.empty() ? level : result.levels[k]);
}

void collect_into(RunResult& result, Pending const& pending) {
  for (std::size_t k = 0; k < pending.findings.size(); ++k) {
    if (!pending.findings[k]) continue;
    result.findings.push_back(*pending.findings[k]);
    append(result.convergence, pending.convergence[k]);
  }
  append(result.convergence, pending.experiment.convergence);
  append(result.influence, pending.experiment.influence);
  append(result.attack, pending.experiment.attack);
}

}  // namespace fisherlab::runs

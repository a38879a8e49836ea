#include "runs/pending.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "claims/evidence/far_reach.hpp"
#include "claims/evidence/judge.hpp"

namespace fisherlab::runs {
namespace {

Finding judged(claims::Question const& question, claims::StatedFinding const& stated, Measurement measurement,
               double level) {
  Finding finding;
  finding.claim = question.claim;
  finding.statement = question.statement;
  finding.model = model_text(question);
  finding.parameters = parameters_text(question);
  finding.n = stated.n;
  finding.measurement = std::move(measurement);
  finding.measurement.statistic = stated.statistic;
  finding.region = stated.region;
  finding.level = level;
  finding.family_error = stated.family_error;
  finding.expected = question.expected;
  return claims::judge(std::move(finding));
}

template <class Row>
void append(std::vector<Row>& all, std::vector<Row> const& some) {
  all.insert(all.end(), some.begin(), some.end());
}

}  // namespace

Pending begun(claims::Question const& question) {
  Pending pending;
  pending.question = &question;
  if (auto const* const sampled = question.sampled())
    for (auto const& probe : sampled->probes) pending.tallies.emplace_back(probe.shape);
  auto const count = findings_of(question).size();
  pending.findings.resize(count);
  pending.convergence.resize(count);
  pending.open.assign(count, true);
  return pending;
}

std::vector<Pending> begun(std::vector<claims::Question> const& questions) {
  auto const is_shown_only = [](auto const& question) { return question.expected == Expectation::report; };
  bool const one_decides = !std::ranges::all_of(questions, is_shown_only);
  std::vector<Pending> pending;
  for (auto const& question : questions) {
    pending.push_back(begun(question));
    pending.back().looks_once = one_decides && is_shown_only(question);
  }
  return pending;
}

bool Pending::folds(std::size_t probe, int look) const {
  auto const* const sampled = question->sampled();
  if (look == 0) return true;
  for (std::size_t k = 0; sampled != nullptr && k < open.size(); ++k)
    if (open[k] && std::ranges::count(sampled->findings[k].reads, probe) > 0) return true;
  return false;
}

void Pending::begin_look(int look) {
  auto const* const sampled = question->sampled();
  if (sampled == nullptr) return;
  simulated.assign(sampled->scenarios.size(), true);
  for (std::size_t probe = 0; probe < sampled->probes.size(); ++probe)
    if (folds(probe, look)) simulated[sampled->probes[probe].scenario] = false;
}

void decide(Pending& pending, std::size_t k, Measurement measurement, double level) {
  auto const& question = *pending.question;
  pending.findings[k] = judged(question, findings_of(question)[k], std::move(measurement), level);
  pending.open[k] = pending.findings[k]->verdict == Verdict::inconclusive;
}

void name_rows(claims::Question const& question, std::vector<ConvergenceRow>& rows) {
  for (auto& row : rows) {
    row.claim = question.claim;
    row.model = model_text(question);
    row.parameters = parameters_text(question);
  }
}

namespace {

/// Whether a finding cannot be decided within the plan: there is no interval, or none that could verify what is
/// expected, and what it would take at the least is more than the last look has. It is then open without further looks.
bool is_beyond(Finding const& finding, claims::Plan const& plan) {
  auto const& m = finding.measurement;
  bool const has_interval = std::isfinite(m.lower) || std::isfinite(m.upper);
  if (has_interval && finding.expected != Expectation::verified) return false;
  return m.needed > static_cast<double>(plan.most_replicates());
}

void give_up(Finding& finding, claims::Plan const& plan) {
  auto& reason = finding.measurement.reason;
  if (finding.measurement.needed == no_number_of_replicates) return;  // the reason says it
  reason += (reason.empty() ? "" : "; ") + claims::beyond_reach(finding.measurement.needed, plan.most_replicates());
}

}  // namespace

void measure_open(Pending& pending, claims::Plan const& plan, int look) {
  double const alpha = plan.interval_alpha(look);
  for (std::size_t k = 0; k < pending.open.size(); ++k) {
    if (!pending.open[k]) continue;
    auto const& asked = pending.question->sampled()->findings[k];
    decide(pending, k, asked.measure(pending.tallies, alpha), plan.level(look));
    if (pending.open[k] && look + 1 < plan.looks() && is_beyond(*pending.findings[k], plan)) {
      give_up(*pending.findings[k], plan);
      pending.open[k] = false;
    }
    if (!asked.convergence) continue;
    pending.convergence[k] = asked.convergence(pending.tallies, alpha);
    name_rows(*pending.question, pending.convergence[k]);
  }
  if (pending.looks_once) pending.open.assign(pending.open.size(), false);
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
  append(result.pixels, pending.experiment.pixels);
  append(result.notes, pending.notes);
}

}  // namespace fisherlab::runs

#include "runs/calibration/far_level.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <set>
#include <utility>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "base/special/quantiles.hpp"
#include "base/text/number.hpp"
#include "claims/catalogue.hpp"
#include "claims/evidence/far_reach.hpp"
#include "claims/evidence/plan.hpp"
#include "findings/csv/table_csv.hpp"
#include "runs/calibration/points_of_rate.hpp"
#include "runs/calibration/stored_draws.hpp"
#include "runs/calibration/tilting.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

/// The chance of a miss at the error that is charged, where a proof holds it at the error of the interval.
constexpr double factor_of_proof = 1 / claims::Plan::reserve;

/// The probes that a finding reads, by scenario.
std::map<std::size_t, std::vector<std::size_t>> probes_by_scenario(claims::Sampled const& question,
                                                                   claims::Asked const& asked) {
  std::map<std::size_t, std::vector<std::size_t>> result;
  for (auto const k : std::set<std::size_t>(asked.reads.begin(), asked.reads.end()))
    result[question.probes[k].scenario].push_back(k);
  return result;
}

bool rests_on_counts(claims::Sampled const& question, claims::Asked const& asked) {
  return std::ranges::all_of(asked.reads, [&](std::size_t k) {
    auto const& shape = question.probes[k].shape;
    return shape.values == 0 && shape.records == 0;
  });
}

/// Whether what a finding reads can be stored and weighed.
bool can_be_examined(claims::Sampled const& question, claims::Asked const& asked) {
  return std::ranges::all_of(asked.reads, [&](std::size_t k) { return can_be_stored(question.probes[k]); });
}

/// Whether it is examined by samples from tilted laws.
bool is_tilted(claims::Sampled const& question, claims::Asked const& asked) {
  return !rests_on_counts(question, asked) && can_be_examined(question, asked);
}

class Examining {
 public:
  Examining(FarSettings const& settings, CalibrationHooks const& hooks, FarCheck& out)
      : settings_(settings), hooks_(hooks), out_(out) {}

  /// @throws sim::Interrupted
  void examine(Subject const& subject, claims::Sampled const& question) {
    subject_ = &subject;
    stored_.clear();
    std::map<std::size_t, std::set<std::size_t>> to_store;  // probes by scenario
    for (auto const& asked : question.findings)
      if (is_tilted(question, asked))
        for (auto const k : asked.reads) to_store[question.probes[k].scenario].insert(k);
    for (auto const& [scenario, probes] : to_store) store(question, scenario, {probes.begin(), probes.end()});
    for (auto const& asked : question.findings) {
      FarRow row;
      row.claim = subject.claim.card.id;
      row.model = case_text(subject.the_case);
      row.n = asked.n;
      row.statistic = asked.statistic;
      auto const level = level_of_look(settings_.study, out_.findings, 0);
      row.replicates = level.replicates;
      row.error = level.charged;
      if (rests_on_counts(question, asked)) {
        set(row, "proof", factor_of_proof);
      } else if (!can_be_examined(question, asked)) {
        row.basis = "unexamined";
        row.note = "it needs every replicate in its order, or a whole law beside means";
      } else {
        tilt(question, asked, row);
      }
      out_.rows.push_back(std::move(row));
    }
  }

 private:
  static void set(FarRow& row, std::string basis, double factor) {
    row.basis = std::move(basis);
    row.factor = row.lower = row.upper = factor;
  }

  std::uint64_t key_of(FarRow const& row) const {
    return stable_hash("far|" + std::to_string(settings_.seed) + "|" + row.claim + "|" + row.model + "|" + row.n + "|" +
                       row.statistic);
  }

  void store(claims::Sampled const& question, std::size_t scenario, std::vector<std::size_t> const& probes) {
    auto const draws = 2 * level_of_look(settings_.study, out_.findings, 0).replicates;
    auto const seed = stable_hash("far|" + std::to_string(settings_.seed));
    auto const told = [&](std::int64_t replicates) { out_.replicates += replicates; };
    stored_.emplace(scenario, store_draws(question, scenario, probes, {seed, 0, draws},
                                          {settings_.study.threads, hooks_.stop, told}));
  }

  void tilt(claims::Sampled const& question, claims::Asked const& asked, FarRow& row) {
    std::vector<StoredScenario> stored;
    for (auto const& [scenario, probes] : probes_by_scenario(question, asked))
      stored.push_back(stored_.at(scenario).of_probes(probes));
    MissRate rate;
    for (int look = 0; look < 3; ++look) {
      auto const level = level_of_look(settings_.study, out_.findings, look);
      if (level.replicates > settings_.study.max_replicates && look > 0) break;
      row.replicates = level.replicates;
      row.error = level.charged;
      rate = rate_at(question, asked, stored, level, row);
      if (rate.open.empty()) break;
    }
    fill(rate, row);
  }

  MissRate rate_at(claims::Sampled const& question, claims::Asked const& asked,
                   std::vector<StoredScenario> const& stored, LevelInUse const& level, FarRow const& row) const {
    Examined examined;
    for (auto const& scenario : stored) examined.scenarios.push_back(&scenario);
    examined.replicates = level.replicates;
    examined.execution = {settings_.study.threads, hooks_.stop, {}};
    examined.charged = level.charged;
    examined.critical = normal_critical(level.alpha);
    // What is exact is known, unless the case is a control, for which it is not so.
    bool const known = asked.region.exact_within && asked.region.kind == RegionKind::equal &&
                       subject_->the_case.expected == Expectation::verified;
    if (known) examined.exact = asked.region.target;
    std::vector<sim::Tally> empty;
    for (auto const& probe : question.probes) empty.emplace_back(probe.shape);
    auto const in_place = [&, empty](Tallies const& sample) {
      auto tallies = empty;
      for (std::size_t s = 0; s < stored.size(); ++s)
        for (std::size_t k = 0; k < stored[s].probes.size(); ++k) tallies[stored[s].probes[k]] = sample[s][k];
      return tallies;
    };
    examined.measure = [&](Tallies const& sample) { return asked.measure(in_place(sample), level.alpha); };
    if (asked.convergence) {
      auto const truth = asked.convergence(in_place(tallies_of_draws(examined)), level.alpha);
      examined.measure = [&, truth](Tallies const& sample) {
        return as_one(asked.convergence(in_place(sample), level.alpha), truth);
      };
    }
    return miss_rate(examined, settings_.samples, key_of(row));
  }

  void fill(MissRate const& rate, FarRow& row) const {
    if (!rate.open.empty()) {
      set(row, "open", 0);
      row.note = rate.open;
      return;
    }
    if (rate.is_constant) return set(row, "constant", 0);
    row.samples = rate.samples;
    row.effective = rate.effective;
    double const factor = rate.probability / row.error, half = 1.96 * rate.std_error / row.error;
    if (rate.is_settled()) {
      set(row, "tilted", factor);
      row.lower = std::max(0.0, factor - half);
      row.upper = factor + half;
      return;
    }
    if (rate.is_bounded(row.error)) {
      set(row, "bounded", rate.bound() / row.error);
      row.lower = 0;
      return;
    }
    row.basis = "unsettled";
    row.note = rate.effective == 0 ? "no sample from any tilt missed"
                                   : "the weighted misses are worth " + rounded_text(rate.effective, 2) +
                                         ", the largest is " + rounded_text(100 * rate.largest_share, 2) + " % of them";
  }

  FarSettings const& settings_;
  CalibrationHooks const& hooks_;
  FarCheck& out_;
  Subject const* subject_ = nullptr;
  std::map<std::size_t, StoredScenario> stored_;  ///< of the subject, by scenario
};

}  // namespace

LevelInUse level_of_look(RunSettings const& settings, std::int64_t findings, int look) {
  std::int64_t const blocks = (settings.first_replicates + sim::block_size - 1) / sim::block_size;
  std::int64_t const first = blocks * sim::block_size;
  claims::Plan const plan({settings.family_error, findings, first, std::max(settings.max_replicates, first)});
  return {plan.alpha(look), plan.interval_alpha(look), first << look};
}

FarCheck check_far_level(std::span<Subject const> subjects, FarSettings const& settings,
                         CalibrationHooks const& hooks) {
  expects(settings.samples >= 1,
          "the number of samples is not positive (factors are means over them), give at least 1");
  expects(settings.part.parts >= 1 && settings.part.part >= 0 && settings.part.part < settings.part.parts,
          "there is no such part of the findings, give one such as 3/10");
  FarCheck out;
  std::vector<claims::Question> questions;
  for (auto const& subject : subjects) questions.push_back(ask(subject.claim, subject.the_case));
  out.findings = claims::sharing_count(questions);
  std::int64_t number = 0;
  double longest = 0;
  Examining examining(settings, hooks, out);
  auto const done = hooks.state != nullptr ? hooks.state->far_subjects : 0;
  if (done > 0) {
    out.rows = hooks.state->far_rows;
    out.replicates = hooks.state->far_replicates;
  }
  for (std::size_t k = 0; k < subjects.size(); ++k) {
    auto const* const sampled = questions[k].sampled();
    if (sampled == nullptr) continue;  // an experiment on a data set: not of replicates
    bool const is_chosen = number++ % settings.part.parts == settings.part.part;
    if (!is_chosen || sampled->findings.empty() || std::cmp_less(k, done)) continue;
    double const start = hooks.elapsed_seconds ? hooks.elapsed_seconds() : 0.0;
    if (start + longest > settings.study.deadline_seconds) {
      out.deadline_reached = true;
      break;
    }
    if (hooks.progress)
      hooks.progress(
          {questions[k].claim, static_cast<double>(k) / static_cast<double>(subjects.size()), out.replicates});
    try {
      examining.examine(subjects[k], *sampled);
    } catch (sim::Interrupted const&) {
      out.interrupted = true;
      break;
    }
    if (hooks.elapsed_seconds) longest = std::max(longest, hooks.elapsed_seconds() - start);
    if (hooks.state == nullptr) continue;
    hooks.state->far_subjects = static_cast<std::int64_t>(k) + 1;
    hooks.state->far_rows = out.rows;
    hooks.state->far_replicates = out.replicates;
    if (hooks.advance) hooks.advance();
  }
  out.fingerprint = fingerprint_text({stable_hash(table_csv(out.rows).bytes)});
  return out;
}

}  // namespace fisherlab::runs

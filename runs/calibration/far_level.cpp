#include "runs/calibration/far_level.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "base/special/quantiles.hpp"
#include "base/statistics/proportion.hpp"
#include "claims/catalogue.hpp"
#include "claims/evidence/plan.hpp"
#include "runs/replicates.hpp"
#include "sim/engine/engine.hpp"
#include "sim/random/stream_key.hpp"

namespace fisherlab::runs {
namespace {

struct Ends {
  double lower = 0;
  double upper = 0;
};

/// One question's stretches: the tallies of the one that is being folded, those of all, and every interval so far.
class Stretches {
 public:
  Stretches(std::string claim, claims::Sampled const& question, IntervalLevel const& level)
      : claim_(std::move(claim)), question_(question), level_(level) {
    for (auto const& probe : question.probes) {
      probes_.push_back(&probe);
      current_.emplace_back(probe.shape);
      all_.emplace_back(probe.shape);
    }
    for (auto& tally : current_) folding_.push_back(&tally);
    for (std::size_t k = 0; k < question.findings.size(); ++k)
      if (!question.findings[k].convergence) checked_.push_back(k);
    ends_.resize(checked_.size());
  }

  void simulate(std::uint64_t seed, std::int64_t runs, Execution execution) {
    std::int64_t folded = 0;
    auto const told = std::move(execution.advance);
    execution.advance = [&](std::int64_t replicates) {
      folded += replicates;
      if (folded % level_.replicates == 0) close();
      told(replicates);
    };
    fold_replicates(question_.scenarios[0], probes_, {seed, 0, runs * level_.replicates}, execution, folding_);
  }

  std::vector<FarRow> rows(Subject const& subject) const {
    std::vector<FarRow> rows;
    for (std::size_t j = 0; j < checked_.size(); ++j) {
      auto const& asked = question_.findings[checked_[j]];
      double const truth = asked.measure(all_, level_.alpha).estimate;
      if (std::isnan(truth)) continue;  // nothing could be measured, so nothing can be missed
      FarRow row{
          claim_, case_text(subject.the_case), asked.statistic, level_, static_cast<std::int64_t>(ends_[j].size()), 0};
      row.misses = std::ranges::count_if(ends_[j], [=](Ends const& e) { return truth < e.lower || truth > e.upper; });
      rows.push_back(std::move(row));
    }
    return rows;
  }

  void add_fingerprints(std::vector<std::uint64_t>& prints) const {
    for (auto const& tally : all_) prints.push_back(tally.fingerprint());
  }

 private:
  void close() {
    for (std::size_t j = 0; j < checked_.size(); ++j) {
      auto const m = question_.findings[checked_[j]].measure(current_, level_.alpha);
      ends_[j].push_back({m.lower, m.upper});
    }
    for (std::size_t k = 0; k < current_.size(); ++k) {
      all_[k].merge(current_[k]);
      current_[k] = sim::Tally(question_.probes[k].shape);
    }
  }

  std::string claim_;
  claims::Sampled const& question_;
  IntervalLevel level_;
  std::vector<claims::Probe const*> probes_;
  std::vector<sim::Tally> current_;
  std::vector<sim::Tally> all_;
  std::vector<sim::Tally*> folding_;
  std::vector<std::size_t> checked_;  ///< which findings
  std::vector<std::vector<Ends>> ends_;
};

bool keeps_every_replicate(claims::Sampled const& question) {
  return std::ranges::any_of(question.probes,
                             [](claims::Probe const& p) { return p.shape.marks || p.shape.records > 0; });
}

}  // namespace

IntervalLevel first_look(RunSettings const& settings, std::int64_t findings) {
  std::int64_t const blocks = (settings.first_replicates + sim::block_size - 1) / sim::block_size;
  std::int64_t const first = blocks * sim::block_size;
  claims::Plan const plan({settings.family_error, findings, first, std::max(settings.max_replicates, first)});
  return {plan.interval_alpha(0), first};
}

IntervalLevel nearer(IntervalLevel const& far) {
  constexpr double countable = 1e-3;
  if (far.alpha >= countable) return far;
  double const z = normal_critical(far.alpha);
  auto const replicates = static_cast<double>(far.replicates);
  double const wanted = replicates * std::pow(normal_critical(countable) / z, 6);
  auto const blocks = std::max<std::int64_t>(1, std::llround(wanted / static_cast<double>(sim::block_size)));
  IntervalLevel near{0, std::min(blocks * sim::block_size, far.replicates)};
  near.alpha = std::erfc(z * std::pow(static_cast<double>(near.replicates) / replicates, 1.0 / 6) / std::sqrt(2.0));
  return near;
}

FarCheck check_far_level(std::span<Subject const> subjects, RunSettings const& settings, IntervalLevel const& level,
                         std::int64_t runs, CalibrationHooks const& hooks) {
  expects(runs >= 1, "the number of runs is not positive (rates are counted over runs), give at least 1");
  IntervalLevel const near = nearer(level);
  FarCheck out;
  std::vector<std::uint64_t> prints;
  double longest = 0;
  for (std::size_t k = 0; k < subjects.size(); ++k) {
    auto const& subject = subjects[k];
    double const start = hooks.elapsed_seconds ? hooks.elapsed_seconds() : 0.0;
    if (start + longest > settings.deadline_seconds) {
      out.deadline_reached = true;
      break;
    }
    auto const question = ask(subject.claim, subject.the_case);
    auto const* const sampled = question.sampled();
    if (sampled == nullptr || sampled->scenarios.size() != 1 || keeps_every_replicate(*sampled)) continue;
    Stretches stretches(question.claim, *sampled, near);
    auto const told = [&](std::int64_t replicates) {
      out.replicates += replicates;
      double const share = static_cast<double>(k + 1) / static_cast<double>(subjects.size());
      if (hooks.progress) hooks.progress({question.claim, share, out.replicates});
    };
    auto const name = question.claim + "|" + case_text(subject.the_case);
    auto const seed = stable_hash("far|" + std::to_string(settings.seed) + "|" + name);
    try {
      stretches.simulate(seed, runs, {settings.threads, hooks.stop, told});
    } catch (sim::Interrupted const&) {
      out.interrupted = true;
      break;
    }
    for (auto& row : stretches.rows(subject)) out.rows.push_back(std::move(row));
    stretches.add_fingerprints(prints);
    if (hooks.elapsed_seconds) longest = std::max(longest, hooks.elapsed_seconds() - start);
  }
  out.fingerprint = fingerprint_text(prints);
  return out;
}

}  // namespace fisherlab::runs

#include "runs/run.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>

#include "base/hash.hpp"
#include "claims/evidence/plan.hpp"
#include "claims/instruments/moments.hpp"
#include "claims/instruments/performance_measures.hpp"
#include "runs/pending.hpp"
#include "runs/pictures.hpp"
#include "runs/replicates.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

/// A probe of a question, or of the performance measures (`pending` null).
struct Reader {
  Pending* pending = nullptr;
  std::size_t scenario = 0;  ///< of the question
  claims::Probe const* probe = nullptr;
  sim::Tally* tally = nullptr;
};

/// A simulation that one or several questions read.
struct Simulation {
  claims::Scenario const* scenario = nullptr;
  std::vector<Reader> readers;
};

/// What is kept of one estimator at one scenario beside the findings, from the first look alone: its performance
/// measures, or every estimate.
struct Measured {
  claims::Scenario const* scenario = nullptr;
  claims::Probe probe;
  sim::Tally tally;
};

Measured prepared(claims::Scenario const& scenario, claims::Probe probe) {
  sim::Tally tally(probe.shape);
  return {&scenario, std::move(probe), std::move(tally)};
}

class Run {
 public:
  Run(std::vector<claims::Question> const& questions, RunSettings const& settings, RunHooks const& hooks)
      : settings_(settings), hooks_(hooks), plan_(plan_settings(questions, settings)) {
    pending_.reserve(questions.size());
    for (auto const& question : questions) add(question);
    if (settings.performance || settings.keep_estimates) add_estimator_readers();
  }

  RunResult answer() {
    for (int look = 0; look < plan_.looks() && take(look); ++look) result_.looks = look + 1;
    collect();
    if (settings_.pictures) collect_pictures();
    return std::move(result_);
  }

 private:
  static claims::Plan::Settings plan_settings(std::vector<claims::Question> const& questions,
                                              RunSettings const& settings) {
    std::int64_t findings = 0;
    for (auto const& question : questions) findings += static_cast<std::int64_t>(question.findings.size());
    auto const blocks = (settings.first_replicates + sim::block_size - 1) / sim::block_size;
    return {settings.family_error, std::max<std::int64_t>(findings, 1), blocks * sim::block_size,
            std::max(settings.max_replicates, blocks * sim::block_size)};
  }

  void add(claims::Question const& question) {
    pending_.push_back(begun(question));
    Pending& kept = pending_.back();
    for (std::size_t k = 0; k < question.probes.size(); ++k) {
      auto const& probe = question.probes[k];
      simulation_of(question.scenarios[probe.scenario])
          .readers.push_back({&kept, probe.scenario, &probe, &kept.tallies[k]});
    }
  }

  Simulation& simulation_of(claims::Scenario const& scenario) {
    auto const [place, is_new] = place_.try_emplace(scenario.identity(), simulations_.size());
    if (is_new) simulations_.push_back({&scenario, {}});
    return simulations_[place->second];
  }

  /// One more reader for each estimator that questions use at a scenario.
  void add_estimator_readers() {
    std::size_t count = 0;
    for (auto const& simulation : simulations_) count += simulation.readers.size();
    measured_.reserve(2 * count);  // readers point into it
    for (auto& simulation : simulations_) {
      std::vector<std::string> done;
      auto const readers = simulation.readers.size();
      for (std::size_t k = 0; k < readers; ++k) {
        auto const estimator = simulation.readers[k].probe->estimator;
        if (!estimator || std::find(done.begin(), done.end(), estimator->name()) != done.end()) continue;
        done.push_back(estimator->name());
        auto const& scenario = *simulation.scenario;
        auto const read_by = [&](claims::Probe probe) {
          measured_.push_back(prepared(scenario, std::move(probe)));
          simulation.readers.push_back({nullptr, 0, &measured_.back().probe, &measured_.back().tally});
        };
        bool const measurable =
            moment_exists(scenario.setting.model, *estimator, scenario.n, claims::moments_of_variance);
        if (settings_.performance && measurable)
          read_by(performance_probe(scenario.setting.model, 0, estimator, scenario.n, 0.95));
        if (settings_.keep_estimates) read_by(claims::records_probe(estimator, 0));
      }
    }
  }

  /// The readers of a simulation that take part in a look.
  static std::vector<Reader const*> active_readers(Simulation const& simulation, int look) {
    std::vector<Reader const*> readers;
    bool asked = false;
    for (auto const& reader : simulation.readers) {
      bool const active = reader.pending != nullptr ? reader.pending->active() : look == 0;
      if (active) readers.push_back(&reader);
      asked = asked || (active && reader.pending != nullptr);
    }
    if (!asked) readers.clear();
    return readers;
  }

  /// Takes a look at all open questions. Gives whether another one may follow.
  bool take(int look) {
    std::int64_t const first = look == 0 ? 0 : plan_.replicates(look - 1);
    std::int64_t const last = plan_.replicates(look);
    Progress progress;
    progress.look = look;
    for (auto& pending : pending_) pending.simulated.assign(pending.question->scenarios.size(), !pending.active());
    for (auto const& simulation : simulations_)
      if (!active_readers(simulation, look).empty()) progress.planned += (last - first) * simulation.scenario->n;
    if (progress.planned == 0 && (look > 0 || !has_experiments())) return false;
    if (look > 0 && ends_too_late(progress.planned)) {
      result_.deadline_reached = true;
      return false;
    }
    for (auto const& simulation : simulations_) {
      auto const readers = active_readers(simulation, look);
      if (readers.empty()) continue;
      if (!simulate(*simulation.scenario, readers, {settings_.seed, first, last}, progress)) break;
    }
    for (auto& pending : pending_)  // every question whose scenarios are all done in this look
      if (!pending.question->experiment && pending.complete()) measure_open(pending, plan_, look);
    if (look == 0 && has_experiments()) carry_out_experiments();
    return !result_.interrupted;
  }

  bool has_experiments() const {
    return std::any_of(pending_.begin(), pending_.end(),
                       [](Pending const& pending) { return pending.question->experiment.has_value(); });
  }

  /// Experiments have one look: they use the data they have.
  void carry_out_experiments() {
    double const began = hooks_.elapsed_seconds ? hooks_.elapsed_seconds() : 0;
    for (auto& pending : pending_) {
      if (!pending.question->experiment || result_.interrupted) continue;
      try {
        carry_out_shown(pending);
      } catch (sim::Interrupted const&) {
        result_.interrupted = true;
      }
    }
    if (hooks_.elapsed_seconds) experiment_seconds_ = hooks_.elapsed_seconds() - began;
  }

  void carry_out_shown(Pending& pending) {
    auto const show = [&](double share) {
      constexpr std::int64_t whole = 1000;
      auto const done = static_cast<std::int64_t>(share * static_cast<double>(whole));
      auto const& question = *pending.question;
      if (hooks_.progress)
        hooks_.progress({question.claim + ": " + model_text(question), 0, done, whole, result_.replicates});
    };
    show(0);
    carry_out(pending, {settings_.seed, settings_.threads, plan_.interval_alpha(0), hooks_.stop, show}, plan_.level(0),
              result_.notes);
  }

  /// Whether a look of so many observations would, at the pace so far, end after the deadline. Looks are whole: the
  /// deadline decides only how many there are.
  bool ends_too_late(std::int64_t planned) const {
    if (!hooks_.elapsed_seconds) return false;
    double const share = static_cast<double>(planned) / static_cast<double>(std::max<std::int64_t>(observations_, 1));
    double const elapsed = hooks_.elapsed_seconds();
    return elapsed + (elapsed - experiment_seconds_) * share > settings_.deadline_seconds;
  }

  bool simulate(claims::Scenario const& scenario, std::vector<Reader const*> const& readers, Stretch const& stretch,
                Progress& progress) {
    std::vector<claims::Probe const*> probes;
    std::vector<sim::Tally*> tallies;
    for (auto const* reader : readers) {
      probes.push_back(reader->probe);
      tallies.push_back(reader->tally);
    }
    progress.scenario = model_text(scenario.setting) + ", n = " + std::to_string(scenario.n);
    Execution execution{settings_.threads, hooks_.stop, [&](std::int64_t replicates) {
                          progress.done += replicates * scenario.n;
                          observations_ += replicates * scenario.n;
                          result_.replicates += replicates;
                          progress.replicates = result_.replicates;
                          if (hooks_.progress) hooks_.progress(progress);
                        }};
    try {
      fold_replicates(scenario, probes, stretch, execution, tallies);
    } catch (sim::Interrupted const&) {
      result_.interrupted = true;
      return false;
    }
    for (auto const* reader : readers)
      if (reader->pending != nullptr) reader->pending->simulated[reader->scenario] = true;
    return true;
  }

  void collect() {
    std::vector<std::uint64_t> prints;
    for (auto const& pending : pending_) {
      for (auto const& tally : pending.tallies) prints.push_back(tally.fingerprint());
      collect_into(result_, pending);
    }
    for (auto& m : measured_) {
      if (m.probe.shape.records == 0) prints.push_back(m.tally.fingerprint());
      if (m.tally.count + m.tally.dropped < plan_.replicates(0)) continue;  // interrupted before it was whole
      if (m.probe.shape.records > 0) {
        result_.estimates.push_back({model_text(m.scenario->setting), parameters_text(m.scenario->setting.model),
                                     m.scenario->n, m.probe.estimator->name(), m.probe.estimator->components(),
                                     std::move(m.tally.records)});
        continue;
      }
      auto const rows = performance_rows(*m.scenario, *m.probe.estimator, m.tally, 0.95);
      result_.performance.insert(result_.performance.end(), rows.begin(), rows.end());
    }
    result_.fingerprint = fingerprint_text(prints);
  }

  /// Last of all, so that an interruption costs no finding.
  void collect_pictures() {
    try {
      for (auto const& pending : pending_)
        if (!result_.interrupted)
          add_pictures(result_.pictures, pictures_of(*pending.question, pending.tallies, settings_.seed,
                                                     {settings_.threads, hooks_.stop, {}}));
    } catch (sim::Interrupted const&) {
      result_.interrupted = true;
    }
  }

  RunSettings const& settings_;
  RunHooks const& hooks_;
  claims::Plan plan_;
  std::vector<Pending> pending_;
  std::vector<Simulation> simulations_;
  std::map<std::string, std::size_t> place_;
  std::vector<Measured> measured_;
  std::int64_t observations_ = 0;  ///< drawn in all looks
  double experiment_seconds_ = 0;  ///< of which looks take no part
  RunResult result_;
};

}  // namespace

RunResult run(std::vector<claims::Question> const& questions, RunSettings const& settings, RunHooks const& hooks) {
  return Run(questions, settings, hooks).answer();
}

}  // namespace fisherlab::runs

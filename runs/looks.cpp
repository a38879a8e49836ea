#include "runs/looks.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "runs/replicates.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {

Looks::Looks(std::vector<Pending>& pending, claims::Plan const& plan, Course& course)
    : pending_(pending), plan_(plan), course_(course) {
  add_questions();
  if (course.settings.performance || course.settings.keep_estimates)
    for (auto& simulation : simulations_) add_measures(simulation);
}

void Looks::add_questions() {
  std::map<std::string, std::size_t> place;
  for (std::size_t index = 0; index < pending_.size(); ++index) {
    auto const* const sampled = pending_[index].question->sampled();
    if (sampled == nullptr) continue;
    for (std::size_t k = 0; k < sampled->probes.size(); ++k) {
      auto const& scenario = sampled->scenarios[sampled->probes[k].scenario];
      auto const [found, is_new] = place.try_emplace(scenario.identity(), simulations_.size());
      if (is_new) simulations_.push_back({scenario, {}});
      simulations_[found->second].readers.push_back({Reader::Kind::question, index, k});
    }
  }
}

/// Of each estimator that questions use there.
void Looks::add_measures(Simulation& simulation) {
  std::vector<std::string> done;
  auto const count = simulation.readers.size();
  for (std::size_t k = 0; k < count; ++k) {
    auto const estimator = probe_of(simulation.readers[k]).estimator;
    if (!estimator || std::find(done.begin(), done.end(), estimator->name()) != done.end()) continue;
    done.push_back(estimator->name());
    for (auto& measure : measures_of(simulation.scenario, estimator, course_.settings)) {
      simulation.readers.push_back({Reader::Kind::measure, measures_.size(), 0});
      measures_.push_back(std::move(measure));
    }
  }
}

claims::Probe const& Looks::probe_of(Reader const& reader) const {
  if (reader.kind == Reader::Kind::measure) return measures_[reader.index].probe;
  return pending_[reader.index].question->sampled()->probes[reader.probe];
}

sim::Tally& Looks::tally_of(Reader const& reader) {
  return reader.kind == Reader::Kind::measure ? measures_[reader.index].tally
                                              : pending_[reader.index].tallies[reader.probe];
}

bool Looks::is_whole(Measure const& measure) const {
  return measure.tally.count + measure.tally.dropped >= plan_.replicates(0);
}

/// The readers that take part in a look: measures only where a question does.
std::vector<Looks::Reader> Looks::active_readers(Simulation const& simulation, int look) const {
  std::vector<Reader> readers;
  bool asked = false;
  for (auto const& reader : simulation.readers) {
    bool const of_question = reader.kind == Reader::Kind::question;
    bool const active = of_question ? pending_[reader.index].folds(reader.probe, look) : look == 0;
    if (active) readers.push_back(reader);
    asked = asked || (active && of_question);
  }
  if (!asked) readers.clear();
  return readers;
}

std::int64_t Looks::replicates_of(int look) const {
  return plan_.replicates(look) - (look == 0 ? 0 : plan_.replicates(look - 1));
}

std::int64_t Looks::planned(int look) const {
  std::int64_t observations = 0;
  for (auto const& simulation : simulations_)
    if (!active_readers(simulation, look).empty()) observations += replicates_of(look) * simulation.scenario.n;
  return observations;
}

void Looks::take(int look) {
  Progress progress;
  progress.look = look;
  progress.planned = planned(look);
  is_drawn_ = false;
  for (auto& pending : pending_) pending.begin_look(look);
  for (std::size_t k = 0; k < simulations_.size() && !course_.interrupted; ++k) take(k, look, progress);
  if (course_.has_ended() || course_.has_skipped)
    course_.seal();  // before anything is judged that the rest of the look changes
  for (auto& pending : pending_)
    if (pending.question->sampled() != nullptr && pending.complete()) measure_open(pending, plan_, look);
}

void Looks::take(std::size_t k, int look, Progress& progress) {
  auto& place = course_.place;
  auto const readers = active_readers(simulations_[k], look);
  if (readers.empty()) return;
  bool const is_done = k < place.done;  // before the run was resumed
  if (!is_done && course_.ends_too_late((replicates_of(look) - place.folded) * simulations_[k].scenario.n)) {
    course_.has_skipped = true;  // but a smaller one may still be done in time
    course_.seal();
    place.folded = 0;
    return;
  }
  if (!is_done && !simulate(simulations_[k], readers, look, progress)) return;
  note_simulated(readers);
  is_drawn_ = true;
  if (is_done) return;
  place.done = k + 1;
  place.folded = 0;
}

bool Looks::simulate(Simulation const& simulation, std::vector<Reader> const& readers, int look, Progress& progress) {
  auto const& scenario = simulation.scenario;
  std::vector<claims::Probe const*> probes;
  std::vector<sim::Tally*> tallies;
  for (auto const& reader : readers) {
    probes.push_back(&probe_of(reader));
    tallies.push_back(&tally_of(reader));
  }
  progress.scenario = model_text(scenario.setting) + ", n = " + std::to_string(scenario.n);
  Execution const execution{course_.settings.threads, course_.stop(), [&](std::int64_t replicates) {
                              progress.done += replicates * scenario.n;
                              course_.observations += replicates * scenario.n;
                              course_.replicates += replicates;
                              progress.replicates = course_.replicates;
                              course_.place.folded += replicates;
                              course_.tell(progress);
                              course_.save_if_due();
                            }};
  std::int64_t const first = (look == 0 ? 0 : plan_.replicates(look - 1)) + course_.place.folded;
  try {
    fold_replicates(scenario, probes, {course_.settings.seed, first, plan_.replicates(look)}, execution, tallies);
  } catch (sim::Interrupted const&) {
    return false;
  }
  return true;
}

void Looks::note_simulated(std::vector<Reader> const& readers) {
  for (auto const& reader : readers)
    if (reader.kind == Reader::Kind::question) {
      auto& pending = pending_[reader.index];
      pending.simulated[pending.question->sampled()->probes[reader.probe].scenario] = true;
    }
}

}  // namespace fisherlab::runs

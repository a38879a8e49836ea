#include "runs/looks.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "runs/blocks/pack_fold.hpp"
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
  if (look >= plan_.looks()) return readers;
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

std::vector<std::int64_t> Looks::sizes() const {
  std::vector<std::int64_t> sizes;
  for (auto const& simulation : simulations_) sizes.push_back(simulation.scenario.n);
  return sizes;
}

void Looks::begin(int look) {
  look_ = look;
  is_drawn_ = false;
  for (auto& pending : pending_) pending.begin_look(look);
  for (auto& simulation : simulations_) {
    simulation.active = active_readers(simulation, look);
    simulation.fold = BlockFold(simulation.active.empty() ? 0 : replicates_of(look) / sim::block_size);
  }
}

LookWork Looks::missing() const {
  LookWork work;
  for (auto const& simulation : simulations_) work.push_back(simulation.fold.missing());
  return work;
}

LookWork Looks::all() const {
  LookWork work;
  for (auto const& simulation : simulations_) append(work.emplace_back(), {0, simulation.fold.blocks()});
  return work;
}

void Looks::take(LookWork const& work) {
  Progress progress;
  progress.look = look_;
  LookWork left = missing();
  for (std::size_t k = 0; k < simulations_.size(); ++k) {
    auto const& simulation = simulations_[k];
    std::int64_t const observations = sim::block_size * simulation.scenario.n;
    progress.planned += block_count(work[k]) * observations;
    left[k] = common(left[k], work[k]);
    progress.done += (block_count(work[k]) - block_count(left[k])) * observations;
  }
  for (std::size_t k = 0; k < simulations_.size() && !course_.interrupted; ++k)
    if (!left[k].empty()) simulate(simulations_[k], left[k], progress);
}

void Looks::simulate(Simulation& simulation, BlockRanges const& blocks, Progress& progress) {
  auto const& scenario = simulation.scenario;
  if (course_.ends_too_late(block_count(blocks) * sim::block_size * scenario.n)) {
    course_.has_skipped = true;  // but a smaller one may still be done in time
    course_.seal();
    return;
  }
  std::vector<claims::Probe const*> probes;
  for (auto const& reader : simulation.active) probes.push_back(&probe_of(reader));
  progress.scenario = model_text(scenario.setting) + ", n = " + std::to_string(scenario.n);
  Execution const execution{course_.settings.threads, course_.stop(), [&](std::int64_t replicates) {
                              progress.done += replicates * scenario.n;
                              course_.observations += replicates * scenario.n;
                              course_.replicates += replicates;
                              progress.replicates = course_.replicates;
                              course_.tell(progress);
                              course_.save_if_due();
                            }};
  Stretch const stretch{course_.settings.seed, look_ == 0 ? 0 : plan_.replicates(look_ - 1), plan_.replicates(look_)};
  try {
    fold_blocks(scenario, probes, stretch, blocks, execution, simulation.fold);
  } catch (sim::Interrupted const&) {
    // told by the course; what is folded stays
  }
}

void Looks::judge() {
  if (course_.has_ended() || course_.has_skipped)
    course_.seal();  // before anything is judged that the rest of the look changes
  for (auto& simulation : simulations_)
    if (!simulation.active.empty() && simulation.fold.is_whole()) absorb(simulation);
  for (auto& pending : pending_)
    if (pending.question->sampled() != nullptr && pending.complete()) measure_open(pending, plan_, look_);
}

/// Adds what is folded to the tallies of its readers.
void Looks::absorb(Simulation& simulation) {
  auto const tallies = simulation.fold.take();
  for (std::size_t k = 0; k < simulation.active.size(); ++k) {
    auto const& reader = simulation.active[k];
    tally_of(reader).merge(tallies[k]);
    if (reader.kind != Reader::Kind::question) continue;
    auto& pending = pending_[reader.index];
    pending.simulated[pending.question->sampled()->probes[reader.probe].scenario] = true;
  }
  simulation.active.clear();
  is_drawn_ = true;
}

void Looks::pack(Packer& packer) const {
  for (auto const& simulation : simulations_) runs::pack(packer, simulation.fold);
}

void Looks::unpack(Unpacker& unpacker) {
  for (auto& simulation : simulations_) {
    std::vector<sim::TallyShape> shapes;
    for (auto const& reader : simulation.active) shapes.push_back(probe_of(reader).shape);
    runs::unpack(unpacker, shapes, simulation.fold);
  }
}

bool Looks::add(std::size_t simulation, std::int64_t first, BlockFold::Node node) {
  return simulations_[simulation].fold.add(first, std::move(node));
}

BlockFold const& Looks::fold(std::size_t simulation) const { return simulations_[simulation].fold; }

void Looks::forget() {
  for (auto& simulation : simulations_) simulation.fold = BlockFold(simulation.fold.blocks());
}

}  // namespace fisherlab::runs

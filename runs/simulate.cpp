#include "runs/simulate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/probes/controlled_performance.hpp"
#include "claims/instruments/probes/performance_measures.hpp"
#include "estimators/catalogue.hpp"
#include "estimators/names.hpp"
#include "runs/blocks/pack_fold.hpp"
#include "runs/replicates.hpp"
#include "runs/resume/save_clock.hpp"
#include "runs/studies/limits.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

double observations(std::int64_t n, std::int64_t replicates) {
  return static_cast<double>(n) * static_cast<double>(replicates);
}

/// A simulation on its way.
class Work {
 public:
  Work(Simulation const& simulation, SimulationHooks const& hooks)
      : simulation_(simulation), hooks_(hooks), clock_(hooks.elapsed_seconds, hooks.save_seconds) {
    for (auto const n : simulation.sizes) planned_ += observations(n, simulation.replicates);
    if (!simulation.score_controls) return;
    auto const controls = claims::score_controls(simulation.law);
    for (auto const& estimator : simulation.estimators) controlled_.emplace_back(simulation.law, estimator, controls);
  }

  SimulationResult carry_out() {
    begin_size();
    if (!hooks_.resumed.empty()) unpack(hooks_.resumed);
    try {
      while (size_ < simulation_.sizes.size()) simulate_size();
    } catch (sim::Interrupted const&) {
      result_.interrupted = true;
    }
    if (hooks_.save) hooks_.save(packed());
    result_.fingerprint = fmt::format("{:016x}", stable_hash(fingerprints_));
    return std::move(result_);
  }

 private:
  Stretch stretch() const { return {simulation_.seed, 0, simulation_.replicates}; }

  /// All estimators see the same samples of the size that is next.
  void begin_size() {
    fold_ = BlockFold(blocks_of(stretch()));
    probes_.clear();
    if (size_ == simulation_.sizes.size()) return;
    for (auto const& estimator : simulation_.estimators)
      probes_.push_back(
          claims::performance_probe(simulation_.law, 0, estimator, simulation_.sizes[size_], simulation_.level));
    for (auto const& controlled : controlled_)
      for (auto& probe : controlled.probes()) probes_.push_back(std::move(probe));
  }

  void simulate_size() {
    claims::Scenario const scenario{{simulation_.law, simulation_.law, {}}, simulation_.sizes[size_]};
    std::vector<claims::Probe const*> shown;
    for (auto const& probe : probes_) shown.push_back(&probe);
    auto const advance = [this](std::int64_t replicates) { note(replicates); };
    fold_blocks(scenario, shown, stretch(), fold_.missing(), {simulation_.threads, hooks_.stop, advance}, fold_);
    auto const tallies = fold_.take();
    auto const count = simulation_.estimators.size();
    for (std::size_t k = 0; k < count; ++k) {
      auto more = claims::performance_rows(scenario, *simulation_.estimators[k], tallies[k], simulation_.level);
      if (!controlled_.empty())
        controlled_[k].add_to(more, scenario.n, tallies[count + 2 * k], tallies[count + 2 * k + 1]);
      result_.performance.insert(result_.performance.end(), more.begin(), more.end());
    }
    for (auto const& tally : tallies) fingerprints_ += fmt::format("{:016x}", tally.fingerprint());
    ++size_;
    begin_size();
  }

  void note(std::int64_t replicates) {
    auto const n = simulation_.sizes[size_];
    result_.replicates += replicates;
    done_ += observations(n, replicates);
    if (hooks_.progress)
      hooks_.progress({fmt::format("{} {}, n = {}", simulation_.law.model->card().name,
                                   claims::parameters_text(simulation_.law), n),
                       done_ / planned_, result_.replicates});
    if (hooks_.save && clock_.is_due()) {
      hooks_.save(packed());
      clock_.saved();
    }
  }

  std::string packed() const {
    Packer packer;
    packer.put(static_cast<std::int64_t>(size_));
    packer.put(done_);
    packer.put(fingerprints_);
    packer.put(result_.replicates);
    packer.put(result_.performance);
    pack(packer, fold_);
    return std::move(packer).take();
  }

  void unpack(std::string_view bytes) {
    Unpacker unpacker(bytes);
    auto const size = unpacker.get<std::int64_t>();
    Unpacker::expect(size >= 0 && size <= std::ssize(simulation_.sizes));
    size_ = static_cast<std::size_t>(size);
    begin_size();
    unpacker.take(done_);
    unpacker.take(fingerprints_);
    unpacker.take(result_.replicates);
    unpacker.take(result_.performance);
    std::vector<sim::TallyShape> shapes;
    for (auto const& probe : probes_) shapes.push_back(probe.shape);
    runs::unpack(unpacker, shapes, fold_);
    Unpacker::expect(unpacker.is_at_end());
  }

  Simulation const& simulation_;
  SimulationHooks const& hooks_;
  SaveClock clock_;
  double planned_ = 0, done_ = 0;                          ///< observations
  std::size_t size_ = 0;                                   ///< that is next
  std::vector<claims::ControlledPerformance> controlled_;  ///< one an estimator, or none
  std::vector<claims::Probe> probes_;                      ///< one an estimator, then two each where controlled
  BlockFold fold_;                                         ///< what is folded of them
  std::string fingerprints_;
  SimulationResult result_;
};

}  // namespace

std::vector<estimators::AnyEstimator> make_estimators(std::vector<std::string> const& names, sim::AnyModel const& model,
                                                      std::string const& what,
                                                      estimators::Estimators const& catalogue) {
  std::vector<std::string> known;
  for (auto const& card : catalogue.cards()) known.push_back(card.name);
  std::vector<estimators::AnyEstimator> result;
  for (auto const& name : names) {
    auto const base = std::string(estimators::base_name(name));
    expects(std::find(known.begin(), known.end(), base) != known.end(),
            fmt::format("there is no estimator '{}', {}", clipped(printable(base), 40), suggestion(base, known)));
    auto const estimator = catalogue.make(name, model);
    bool const is_given = std::any_of(result.begin(), result.end(),
                                      [&](auto const& other) { return other->name() == estimator->name(); });
    expects(!is_given, fmt::format("{} has {} twice, give each once", what, estimator->name()));
    result.push_back(estimator);
  }
  return result;
}

void check(Simulation const& simulation) {
  auto const& law = simulation.law;
  for (auto const n : simulation.sizes)
    check_workload({n, law.model->dimension(), simulation.replicates, simulation.threads});
  for (auto const n : simulation.sizes)
    for (auto const& estimator : simulation.estimators)
      claims::expects_moment(law, *estimator, n, claims::moments_of_variance);
  if (simulation.score_controls) claims::score_controls(law);
}

SimulationResult simulate(Simulation const& simulation, SimulationHooks const& hooks) {
  check(simulation);
  return Work(simulation, hooks).carry_out();
}

}  // namespace fisherlab::runs

#include "runs/simulate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "base/text/number.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "estimators/catalogue.hpp"
#include "estimators/names.hpp"
#include "runs/resume/save_clock.hpp"
#include "runs/simulated/interval_lines.hpp"
#include "runs/simulated_size.hpp"
#include "runs/studies/limits.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

double observations(std::int64_t n, std::int64_t replicates) {
  return static_cast<double>(n) * static_cast<double>(replicates);
}

void pack(Packer& packer, std::vector<KeptEstimates> const& kept) {
  packer.put(static_cast<std::int64_t>(kept.size()));
  for (auto const& each : kept) {
    packer.put(each.model);
    packer.put(each.parameters);
    packer.put(each.n);
    packer.put(each.estimator);
    packer.put(each.components);
    packer.put(each.values);
  }
}

void unpack(Unpacker& unpacker, std::vector<KeptEstimates>& kept) {
  auto const count = unpacker.get<std::int64_t>();
  Unpacker::expect(count >= 0 && count <= 1'000'000);
  kept.assign(static_cast<std::size_t>(count), {});
  for (auto& each : kept) {
    unpacker.take(each.model);
    unpacker.take(each.parameters);
    unpacker.take(each.n);
    unpacker.take(each.estimator);
    unpacker.take(each.components);
    unpacker.take(each.values);
  }
}

/// A simulation on its way.
class Work {
 public:
  Work(Simulation const& simulation, SimulationHooks const& hooks)
      : simulation_(simulation),
        hooks_(hooks),
        clock_(hooks.elapsed_seconds, hooks.save_seconds),
        scenarios_(simulated_scenarios(simulation)),
        controlled_(controlled_estimators(simulation)) {
    for (auto const& scenario : scenarios_) planned_ += observations(scenario.n, simulation.replicates);
  }

  SimulationResult carry_out() {
    begin_size();
    if (!hooks_.resumed.empty()) unpack(hooks_.resumed);
    try {
      while (current_) simulate_size();
      add_interval_lines(simulation_, result_);
    } catch (sim::Interrupted const&) {
      result_.interrupted = true;
    }
    if (hooks_.save) hooks_.save(packed());
    result_.fingerprint = simulation_fingerprint(fingerprints_);
    return std::move(result_);
  }

 private:
  /// All estimators see the same samples of the size that is next.
  void begin_size() {
    current_.reset();
    if (place_ >= scenarios_.size()) return;
    auto const& scenario = scenarios_[place_];
    current_.emplace(simulation_, controlled_[scenario.law], scenario);
  }

  void simulate_size() {
    auto const advance = [this](std::int64_t replicates) { note(replicates); };
    current_->draw(current_->missing(), {simulation_.threads, hooks_.stop, advance});
    current_->measure(result_, fingerprints_);
    ++place_;
    begin_size();
  }

  void note(std::int64_t replicates) {
    result_.replicates += replicates;
    done_ += observations(current_->n(), replicates);
    if (hooks_.progress) hooks_.progress({current_->name(), done_ / planned_, result_.replicates});
    if (hooks_.save && clock_.is_due()) {
      hooks_.save(packed());
      clock_.saved();
    }
  }

  std::string packed() const {
    Packer packer;
    packer.put(static_cast<std::int64_t>(place_));
    packer.put(done_);
    packer.put(fingerprints_);
    packer.put(result_.replicates);
    packer.put(result_.performance);
    runs::pack(packer, result_.estimates);
    if (current_) current_->pack(packer);
    return std::move(packer).take();
  }

  void unpack(std::string_view bytes) {
    Unpacker unpacker(bytes);
    auto const place = unpacker.get<std::int64_t>();
    Unpacker::expect(place >= 0 && place <= std::ssize(scenarios_));
    place_ = static_cast<std::size_t>(place);
    begin_size();
    unpacker.take(done_);
    unpacker.take(fingerprints_);
    unpacker.take(result_.replicates);
    unpacker.take(result_.performance);
    runs::unpack(unpacker, result_.estimates);
    if (current_) current_->unpack(unpacker);
    Unpacker::expect(unpacker.is_at_end());
  }

  Simulation const& simulation_;
  SimulationHooks const& hooks_;
  SaveClock clock_;
  std::vector<SimulatedScenario> scenarios_;
  std::vector<ControlledEstimators> controlled_;  ///< of each theta
  double planned_ = 0, done_ = 0;                 ///< observations
  std::size_t place_ = 0;                         ///< of the scenario that is next
  std::optional<SimulatedSize> current_;          ///< that one; null when all are done
  std::string fingerprints_;
  SimulationResult result_;
};

}  // namespace

std::vector<claims::Law> Simulation::laws() const {
  std::vector<claims::Law> all{law};
  all.insert(all.end(), more_laws.begin(), more_laws.end());
  return all;
}

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
  for (auto const n : simulation.sizes)
    check_workload({n, simulation.law.model->dimension(), simulation.replicates, simulation.threads});
  for (auto const& law : simulation.laws()) {
    for (auto const n : simulation.sizes)
      for (auto const& estimator : simulation.estimators)
        claims::expects_moment(law, *estimator, n, claims::moments_of_variance);
    if (simulation.score_controls) claims::score_controls(law);
    for (std::size_t a = 0; a < law.theta.size(); ++a) {
      for (auto const method : simulation.intervals) claims::expects_interval(law, a, {method});
      auto moved = law.theta;
      moved[a] = simulation.compared().null_value(a).value_or(moved[a]);
      expects(law.model->in_space(moved),
              fmt::format("--null {}={} lies outside the parameter space of {}, correct it",
                          law.model->card().parameters[a], exact_text(moved[a]), law.model->card().name));
    }
  }
}

SimulationResult simulate(Simulation const& simulation, SimulationHooks const& hooks) {
  check(simulation);
  return Work(simulation, hooks).carry_out();
}

}  // namespace fisherlab::runs

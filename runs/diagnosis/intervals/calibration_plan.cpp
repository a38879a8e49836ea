#include "runs/diagnosis/intervals/calibration_plan.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/hash.hpp"
#include "runs/diagnosis/intervals/calibration.hpp"
#include "runs/resume/stages.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::int64_t pilot_samples = 64, least_replicates = 256;
constexpr double cut_off_samples = 8192;
constexpr double inner_samples = 45;  ///< of an outer one and target, on average: one in twenty is tested by hundreds
constexpr double share_of_time = 0.5;

/// What a sample takes, on the threads of the run.
double seconds_of_a_sample(RatioSource const& source, DiagnosisSettings const& settings) {
  double const before = settings.seconds_left();
  sim::BlockWork work;
  work.last = pilot_samples / sim::lane_count;
  work.stop = settings.stop;
  work.work = [&](std::int64_t block) -> sim::BlockResult {
    auto const first = static_cast<std::uint64_t>(block * sim::lane_count);
    source.draw(source.theta, {settings.seed, stable_hash("calibrated: cut-off"), first}, (1u << source.count) - 1u);
    return nullptr;
  };
  work.fold = [](sim::BlockResult const&) {};
  sim::run_blocks(work, settings.threads);
  return (before - settings.seconds_left()) / static_cast<double>(pilot_samples);
}

double samples_for(std::int64_t replicates, std::size_t targets, std::size_t elsewhere) {
  double const outer = static_cast<double>(replicates) * (1 + static_cast<double>(elsewhere) / 4);
  return cut_off_samples + outer * (1 + inner_samples * static_cast<double>(targets));
}

}  // namespace

std::string CalibrationPlan::refusal(std::string const& what) const {
  double const enough = 4 * seconds, unit = std::fmax(std::pow(10, std::floor(std::log10(enough)) - 1), 1);
  return fmt::format(
      "The calibrated likelihood-ratio interval of {} is left out: it would take some {:.0f} s, more than "
      "--budget leaves for it; --budget {:.0f} does.",
      what, std::ceil(seconds), std::ceil(enough / unit) * unit);
}

CalibrationPlan plan_calibration(RatioSource const& source, std::size_t elsewhere, DiagnosisSettings const& settings) {
  CalibrationPlan plan{calibrated_replicates(settings)};
  if (!settings.seconds_left) return plan;
  bool is_known = false;
  Stage const stage(
      settings.stages,
      [&plan](Packer& packer) {
        packer.put(plan.replicates);
        packer.put(plan.seconds);
      },
      [&](Unpacker& unpacker) {
        unpacker.take(plan.replicates);
        unpacker.take(plan.seconds);
        is_known = true;
      });
  if (is_known) return plan;
  double const each = seconds_of_a_sample(source, settings), left = share_of_time * settings.seconds_left();
  auto const takes = [&](std::int64_t replicates) { return each * samples_for(replicates, source.count, elsewhere); };
  plan.seconds = takes(least_replicates);
  while (plan.replicates > least_replicates && takes(plan.replicates) > left) plan.replicates /= 2;
  if (takes(plan.replicates) > left) plan.replicates = 0;
  return plan;
}

}  // namespace fisherlab::runs

// The same of censored data: random laws of lives, censored at random times or at one time.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "runs/diagnosis/censored/censored_calibration.hpp"
#include "runs/diagnosis/censored/censored_diagnosis.hpp"
#include "runs/diagnosis/censored/censored_widths.hpp"
#include "runs/diagnosis/intervals/coverage_range.hpp"
#include "tests/calibration/recommended.hpp"
#include "tests/support/random_cases.hpp"

namespace fisherlab::runs::recommended_censored {
namespace {

using judging::asked;
using judging::Judged;
using judging::level;

constexpr std::int64_t diagnosis_replicates = 16'384, truth_replicates = 16'384, outer_replicates = 1024;

/// A law of lives, a size, and how lives are given up: at `factor` times a life of their own plus `shift` scales, or
/// all at one such time.
struct CensoredCase {
  claims::Law law;
  std::int64_t n = 0;
  bool has_one_time = false;
  double factor = 1, shift = 0;
};

CensoredCase case_number(std::int64_t k, std::uint64_t seed) {
  test::RandomCases random(seed + static_cast<std::uint64_t>(k) * 1000 + 7);
  auto const names = estimators::life_law_names();
  auto const& name = names[static_cast<std::size_t>(k) % names.size()];
  std::vector<double> theta;
  bool has_location = false;
  for (auto const domain : estimators::life_law(name)->domains()) {
    has_location = has_location || domain == sim::Domain::real;
    theta.push_back(domain == sim::Domain::positive ? random.log_uniform(0.5, 8) : random.uniform(-3, 3));
  }
  if (name == "lognormal") theta[1] = random.log_uniform(0.2, 1.5);
  CensoredCase result{test::law(name, theta), static_cast<std::int64_t>(random.log_uniform(5, 501))};
  result.has_one_time = random.uniform(0, 1) < 0.3;
  if (has_location && name != "lognormal")
    result.shift = random.uniform(-0.5, 2.5) * theta[1];
  else
    result.factor = random.log_uniform(0.7, 5);
  return result;
}

/// n lives and the times at which they are given up.
Observations drawn(CensoredCase const& from, std::int64_t n, sim::StreamKey const& key) {
  sim::Sample lives(n, 1), others(n, 1);
  from.law.model->draw(from.law.theta, key, lives);
  from.law.model->draw(from.law.theta, {key.seed, key.scenario + 1, key.replicate}, others);
  sim::Sample time(1, 1);
  from.law.model->draw(from.law.theta, {key.seed, key.scenario + 2, key.replicate / 16 * 16}, time);
  Observations data{"drawn", {}, {}, {}, {}, true};
  for (std::int64_t i = 0; i < n; ++i) {
    double const end = (from.has_one_time ? time(0)[0] : others(i)[0]) * from.factor + from.shift, life = lives(i)[0];
    data.values.push_back(std::min(life, end));
    data.is_observed.push_back(life <= end);
  }
  return data;
}

DiagnosisSettings settings_of(std::uint64_t seed, std::int64_t replicates) {
  DiagnosisSettings settings;
  settings.seed = seed;
  settings.replicates = replicates;
  return settings;
}

/// As the command does it, but for the check of the model, which is right here.
Diagnosis diagnosed(CensoredData& data, CensoredDraws const& draws, DiagnosisSettings const& settings) {
  auto found = diagnose_censored(data, settings).diagnosis;
  std::vector<FunctionFit> none;
  add_calibrated_censored(data, draws, {}, settings, found, none);
  add_simulated_ranges(
      data.fitted,
      [&](claims::Law const& there, DiagnosisSettings const& fewer) {
        return diagnose_censored_at(there, data.n(), draws, {}, fewer).diagnosis;
      },
      settings, found);
  add_censored_widths(data.fitted.law(), draws, settings, found);
  return found;
}

/// At the truth, with times of censoring from 20,000 others.
std::optional<Diagnosis> true_diagnosis(CensoredCase const& at, sim::StreamKey const& key, std::uint64_t seed) {
  auto const many =
      fit_censored_data(at.law.model, drawn(at, 20'000, {key.seed, key.scenario, key.replicate + 8}), level);
  CensoredDraws const draws(many);
  auto const settings = settings_of(seed + 1'000'003, truth_replicates);
  auto truth = diagnose_censored_at(at.law, at.n, draws, {}, settings).diagnosis;
  if (truth.parameters.empty()) return {};
  if (can_calibrate(*at.law.model, at.n, level)) {
    auto const worths = calibrated_worth(censored_source(at.law, {}, draws, at.n, level), outer_replicates, settings);
    for (std::size_t a = 0; a < worths.size(); ++a) truth.parameters[a].further.push_back(worths[a]);
  }
  return truth;
}

std::optional<std::vector<Judged>> judged_number(std::int64_t k, std::uint64_t seed) {
  auto const at = case_number(k, seed);
  sim::StreamKey const key{seed, stable_hash("recommended of censored"), static_cast<std::uint64_t>(16 * k)};
  try {
    auto data = fit_censored_data(at.law.model, drawn(at, at.n, key), level);
    CensoredDraws const draws(data);
    auto const diagnosis = diagnosed(data, draws, settings_of(seed, diagnosis_replicates));
    auto const truth = true_diagnosis(at, key, seed);
    if (!truth || diagnosis.parameters.empty()) return {};
    return judging::judged(data.fitted, diagnosis, *truth);
  } catch (InputError const&) {
    return {};  // fewer than two ends that were seen
  }
}

// FISHERLAB_RANDOM_CASES=300 is the whole study of docs/diagnose.md.
TEST(RecommendedCensoredInterval, CoversAsTheRuleSays) {
  auto const seed = static_cast<std::uint64_t>(asked("FISHERLAB_RANDOM_SEED", 2026));
  auto const totals = judging::tried(asked("FISHERLAB_FIRST_CASE", 0), asked("FISHERLAB_RANDOM_CASES", 3),
                                     [seed](std::int64_t k) { return judged_number(k, seed); });
  judging::tell(totals);
  EXPECT_GT(totals.recommended, totals.intervals / 3);
  EXPECT_LE(totals.clearly_outside, std::max<std::int64_t>(1, totals.recommended / 33));
}

}  // namespace
}  // namespace fisherlab::runs::recommended_censored

#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "claims/evidence/judge.hpp"
#include "claims/experiment.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "runs/run.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::test::scripted {

using namespace claims;  // its words alone make up this file

inline Interval const inside{0, 0.1, -0.5, 0.5};
inline Interval const undecided{0, 0.1, -2, 2};
inline Interval const outside{5, 0.1, 4, 6};

using CarryOut = std::function<ExperimentResult(ExperimentRun const&)>;

/// A question about data with one finding for each statistic named.
inline Question experiment(std::string const& name, CarryOut carry_out,
                           std::vector<std::string> const& statistics = {"one"}) {
  Experiment experiment{"linear on " + name, "l2=0.5", {}, false, {}};
  for (auto const& statistic : statistics) experiment.findings.push_back({statistic, "30", {RegionKind::equal, 0, 1}});
  experiment.carry_out = std::move(carry_out);
  return {name, "6.5", Expectation::verified, std::move(experiment)};
}

/// An experiment that finds the same whenever it is carried out.
inline Question finds(std::string const& name, Interval const& interval) {
  return experiment(name, [interval](ExperimentRun const&) {
    ExperimentResult result;
    result.measurements.push_back(measured({}, interval, 30));
    return result;
  });
}

/// An ordinary question, decided as `then` from `enough` replicates on.
inline Question simulated(std::string const& name, std::int64_t enough, Interval const& then = inside,
                          double mean = 0) {
  Sampled question;
  auto const normal = test::law("normal_mean", {mean, 1});
  question.setting = {normal, normal, {}};
  question.scenarios.push_back({question.setting, 2});
  question.probes.push_back(score_probe(normal, 0));
  question.findings.push_back({{"scripted", "2", {RegionKind::equal, 0, 1}},
                               {0},
                               [enough, then](std::span<sim::Tally const> tallies, double) {
                                 bool const decided = tallies[0].count >= enough;
                                 return measured({}, decided ? then : undecided, tallies[0].count);
                               },
                               {}});
  return {name, {}, Expectation::verified, std::move(question)};
}

/// What a question was asked: its error and how many replicates stood behind it.
struct Call {
  double alpha;
  std::int64_t replicates;
  bool operator==(Call const&) const = default;
};

/// A question of one scenario whose finding is decided, as `then`, from `enough` replicates on; it logs its calls.
inline Question scripted(std::string const& name, double mean, std::int64_t enough, Interval const& then,
                         std::vector<Call>& calls) {
  Sampled question;
  auto const law = test::law("normal_mean", {mean, 1});
  question.setting = {law, law, {}};
  question.scenarios.push_back({question.setting, 2});
  question.probes.push_back(score_probe(law, 0));
  Asked asked;
  asked.statistic = "scripted";
  asked.n = "2";
  asked.region = {RegionKind::equal, 0, 1};
  asked.reads = {0};
  asked.measure = [&calls, enough, then](std::span<sim::Tally const> tallies, double alpha) {
    calls.push_back({alpha, tallies[0].count});
    return measured({}, tallies[0].count >= enough ? then : undecided, tallies[0].count);
  };
  question.findings.push_back(asked);
  return {name, {}, Expectation::verified, std::move(question)};
}

inline constexpr std::int64_t never = 1'000'000'000;

/// Family error 0.08 and seed 5.
inline runs::RunSettings settings_of(std::int64_t first, std::int64_t most, int threads = 1) {
  runs::RunSettings settings;
  settings.seed = 5;
  settings.family_error = 0.08;
  settings.first_replicates = first;
  settings.max_replicates = most;
  settings.threads = threads;
  settings.performance = false;
  return settings;
}

/// The claim of each finding.
inline std::vector<std::string> claims_in(runs::RunResult const& result) {
  std::vector<std::string> names;
  for (auto const& finding : result.findings) names.push_back(finding.claim);
  return names;
}

}  // namespace fisherlab::test::scripted

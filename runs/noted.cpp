#include "runs/noted.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "runs/replay.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::size_t most_extremes = 5;

/// The numbers by which `fisherlab replay` knows scenarios.
std::map<std::string, int> numbers_of(std::vector<claims::Question> const& questions) {
  std::map<std::string, int> numbers;
  for (auto const& each : replay_scenarios(questions))
    numbers.emplace(each.scenario.identity(), static_cast<int>(numbers.size()) + 1);
  return numbers;
}

/// A row about a probe of a question, without its replicate.
ReplicateRow row_of(claims::Question const& question, claims::Probe const& probe,
                    std::map<std::string, int> const& numbers) {
  auto const& scenario = question.sampled()->scenarios[probe.scenario];
  ReplicateRow row;
  row.claim = question.claim;
  row.scenario = numbers.at(scenario.identity());
  row.model = model_text(scenario.setting);
  row.parameters = claims::parameters_text(scenario.setting.model);
  row.n = scenario.n;
  if (probe.estimator) row.estimator = probe.estimator->name();
  return row;
}

/// A row, and how far its value lies from the middle of its law.
struct Ranked {
  double distance = 0;
  ReplicateRow row;
};

/// Adds one component's extremes: of a value with their distances from its mean, of a statistic whose law is kept as a
/// histogram from 0, where such a law is standardised.
void add_component(sim::Tally const& tally, std::size_t component, ReplicateRow row, std::vector<Ranked>& rows) {
  bool const is_value = component < tally.moments.mean.size();
  double const middle = is_value ? tally.moments.mean[component] : 0;
  double const sd = !is_value         ? 1
                    : tally.count > 1 ? std::sqrt(tally.moments.variance(static_cast<int>(component)))
                                      : 0;
  if (sd == 0) return;  // all alike
  auto const& [lowest, highest] = tally.extremes[component];
  for (auto const* const side : {&lowest, &highest})
    for (auto const& [value, replicate] : *side) {
      double const distance = std::abs(value - middle) / sd;
      row.replicate = replicate;
      row.value = value;
      if (is_value && std::isfinite(distance)) row.distance = distance;
      row.among = tally.count;
      rows.push_back({std::isnan(distance) ? HUGE_VAL : distance, row});
    }
}

/// The extremest replicates of what one finding reads, each once.
std::vector<ReplicateRow> extremes_of(Pending const& pending, std::size_t finding,
                                      std::map<std::string, int> const& numbers) {
  auto const& sampled = *pending.question->sampled();
  std::vector<Ranked> ranked;
  for (auto const probe : sampled.findings[finding].reads) {
    auto row = row_of(*pending.question, sampled.probes[probe], numbers);
    row.why = Noted::extreme;
    auto const& tally = pending.tallies[probe];
    for (std::size_t a = 0; a < tally.extremes.size(); ++a) add_component(tally, a, row, ranked);
  }
  std::ranges::stable_sort(ranked, std::ranges::greater(), &Ranked::distance);
  std::vector<ReplicateRow> rows;
  std::set<std::pair<int, std::int64_t>> seen;
  for (auto& [distance, row] : ranked)
    if (rows.size() < most_extremes && seen.emplace(row.scenario, row.replicate).second) rows.push_back(std::move(row));
  return rows;
}

void add_failed(Pending const& pending, std::map<std::string, int> const& numbers,
                std::set<std::tuple<int, std::string, std::int64_t, std::vector<std::int64_t>>>& seen,
                std::vector<ReplicateRow>& rows) {
  auto const& probes = pending.question->sampled()->probes;
  for (std::size_t k = 0; k < probes.size(); ++k) {
    auto const& tally = pending.tallies[k];
    if (tally.failures.empty()) continue;
    auto row = row_of(*pending.question, probes[k], numbers);
    if (!seen.emplace(row.scenario, row.estimator, tally.dropped, tally.failures).second) continue;
    row.among = tally.dropped;
    for (auto const replicate : tally.failures) {
      row.replicate = replicate;
      rows.push_back(row);
    }
  }
}

void add_extremes(Pending const& pending, std::map<std::string, int> const& numbers, std::vector<ReplicateRow>& rows) {
  std::set<std::pair<int, std::int64_t>> seen;  // findings of a question may read the same
  for (std::size_t k = 0; k < pending.findings.size(); ++k)
    if (pending.findings[k] && pending.findings[k]->verdict == Verdict::refuted)
      for (auto& row : extremes_of(pending, k, numbers))
        if (seen.emplace(row.scenario, row.replicate).second) rows.push_back(std::move(row));
}

}  // namespace

std::vector<ReplicateRow> noted_replicates(std::vector<claims::Question> const& questions,
                                           std::vector<Pending> const& pending) {
  auto const numbers = numbers_of(questions);
  std::vector<ReplicateRow> rows;
  std::set<std::tuple<int, std::string, std::int64_t, std::vector<std::int64_t>>> seen;
  for (auto const& each : pending)
    if (each.question->sampled() != nullptr) add_failed(each, numbers, seen, rows);
  for (auto const& each : pending)
    if (each.question->sampled() != nullptr) add_extremes(each, numbers, rows);
  return rows;
}

}  // namespace fisherlab::runs

#include "runs/diagnosis/enough.hpp"

#include <functional>
#include <optional>

#include "runs/resume/stages.hpp"

namespace fisherlab::runs {

namespace {

/// The answer, or the one that was given before.
bool kept(Stages* stages, std::function<bool()> const& ask) {
  std::optional<int> answer;
  Stage const stage(
      stages, [&answer](Packer& packer) { packer.put(answer.value_or(0)); },
      [&answer](Unpacker& unpacker) { unpacker.take(answer.emplace()); });
  if (!answer) answer = ask() ? 1 : 0;
  return *answer == 1;
}

}  // namespace

bool is_enough(std::int64_t replicates, DiagnosisSettings const& settings) {
  return settings.enough && kept(settings.stages, [&] { return settings.enough(replicates); });
}

bool can_afford(double seconds, DiagnosisSettings const& settings) {
  return !settings.seconds_left || kept(settings.stages, [&] { return seconds <= settings.seconds_left(); });
}

}  // namespace fisherlab::runs

#include "runs/diagnosis/enough.hpp"

#include <optional>

#include "runs/resume/stages.hpp"

namespace fisherlab::runs {

bool is_enough(std::int64_t replicates, DiagnosisSettings const& settings) {
  if (!settings.enough) return false;
  std::optional<int> answer;
  Stage const stage(
      settings.stages, [&answer](Packer& packer) { packer.put(answer.value_or(0)); },
      [&answer](Unpacker& unpacker) { unpacker.take(answer.emplace()); });
  if (!answer) answer = settings.enough(replicates) ? 1 : 0;
  return *answer == 1;
}

}  // namespace fisherlab::runs

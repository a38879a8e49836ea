#include "reports/nights/run_before.hpp"

#include <utility>

#include "reports/nights/history.hpp"

namespace fisherlab::reports {

std::optional<RecordedRun> run_before(std::filesystem::path const& history, Manifest const& manifest) {
  constexpr std::size_t looked_at = 100;
  std::optional<RecordedRun> before;
  for (auto& run : read_history(history, looked_at)) {
    bool const earlier = run.study == manifest.study_name && run.manifest.started_utc < manifest.started_utc;
    if (!earlier || (before && before->manifest.started_utc > run.manifest.started_utc)) continue;
    before.emplace();
    before->findings = std::move(run.findings);
    before->manifest = std::move(run.manifest);
  }
  return before;
}

}  // namespace fisherlab::reports

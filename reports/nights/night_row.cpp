#include "reports/nights/night_row.hpp"

#include <cmath>

#include "reports/tables/summary.hpp"

namespace fisherlab::reports {

std::vector<NightRow> night_rows(std::span<StudyTrend const> trends) {
  auto const finite = [](double x) { return std::isfinite(x) ? std::optional(x) : std::nullopt; };
  std::vector<NightRow> rows;
  for (auto const& trend : trends)
    for (auto const* const run : trend.runs)
      for (auto const& claim : summarise(run->findings).claims) {
        NightRow row;
        row.study = trend.study;
        row.started_utc = run->manifest.started_utc;
        row.seed = std::to_string(run->manifest.seed);
        row.seconds = run->manifest.wall_seconds;
        row.claim = claim.claim;
        row.statement = claim.statement;
        row.findings = claim.verified + claim.refuted + claim.failed + claim.open + claim.shown;
        row.failed = claim.failed;
        row.open = claim.open;
        if (auto const& used = claim.margins_from_target) {
          row.used = finite(used->estimate);
          row.lower = finite(used->lower);
          row.upper = finite(used->upper);
        }
        rows.push_back(std::move(row));
      }
  return rows;
}

}  // namespace fisherlab::reports

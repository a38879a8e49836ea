#include "reports/tables/calibration_md.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.hpp"
#include "reports/tables/calibration_table.hpp"
#include "reports/tables/summary_md.hpp"

namespace fisherlab::reports {

std::string power_mark(std::string_view study) {
  return fmt::format("<!-- made by `make power` of a study with the hash {:016x} -->", stable_hash(study));
}

std::string calibration_markdown(RecordedRun const& run, std::span<ClaimCard const> cards) {
  auto const& manifest = run.manifest;
  auto const summary = calibration_summary(run.calibration, manifest.family_error);
  auto const runs = run.calibration.empty() ? 0 : run.calibration.front().runs;
  std::string text = fmt::format(
      "# What the claims can see\n\n{}\n\nThe smallest planted defect of each kind from which on 99 % of runs refute, "
      "and what else must be refuted. Of `fisherlab calibrate {} --runs {}`, seed {}, family error {}. [What a defect "
      "and its size are](files.md#calibration).\n\n| claim | information | score | shift | its control "
      "|\n|---|--:|--:|--:|---|\n",
      power_mark(manifest.study), markdown_cell(manifest.study_name), runs, manifest.seed, manifest.family_error);
  for (auto const& card : cards) {
    auto const line = std::ranges::find(summary.lines, card.id, &CalibrationLine::claim);
    bool const is_asked = line != summary.lines.end();
    text += fmt::format("| `{}` | {} | {} | {} | {} |\n", card.id, is_asked ? line->information : "-",
                        is_asked ? line->score : "-", is_asked ? line->shift : "-", markdown_cell(card.control));
  }
  return text + "\n" + summary.sentences +
         " A claim with \"-\" is about data or was not asked: its own control is what it must see.\n";
}

}  // namespace fisherlab::reports

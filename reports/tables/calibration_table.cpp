#include "reports/tables/calibration_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/statistics/proportion.hpp"
#include "base/text/number.hpp"
#include "base/text/text_table.hpp"

namespace fisherlab::reports {
namespace {

constexpr double found_share = 0.99;

/// What one case finds of one kind of defect.
struct Found {
  std::optional<double> smallest;  ///< size found
  double largest_tried = 0;
  bool seen = false;  ///< the largest size is refuted oftener than the family error allows
};

/// `rows`: of one case and kind, by size.
Found found_by(std::vector<CalibrationRow const*> const& rows, double family_error) {
  Found found;
  found.largest_tried = rows.back()->size;
  found.seen = rows.back()->rate().lower > family_error;
  for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
    if (static_cast<double>((*row)->refuted) < found_share * static_cast<double>((*row)->runs)) break;
    found.smallest = (*row)->size;
  }
  return found;
}

/// Wrong verdicts of one claim, and what its cases find of each kind of defect.
struct ClaimLine {
  std::string claim;
  std::int64_t wrong = 0;
  std::int64_t runs = 0;
  std::map<DefectKind, std::map<std::string, std::vector<CalibrationRow const*>>> graded;  ///< by kind, by case

  double upper() const { return proportion_interval({.successes = wrong, .trials = runs}, 0.05).upper; }

  std::string cell(DefectKind kind, double family_error) const {
    auto const cases = graded.find(kind);
    if (cases == graded.end()) return "-";
    std::vector<double> sizes;
    double largest_seen = 0;
    for (auto const& [name, rows] : cases->second) {
      auto const found = found_by(rows, family_error);
      if (found.smallest) sizes.push_back(*found.smallest);
      if (found.seen) largest_seen = std::max(largest_seen, found.largest_tried);
    }
    if (sizes.empty()) return largest_seen > 0 ? "above " + rounded_text(largest_seen) : "not seen";
    auto const [least, most] = std::ranges::minmax(sizes);
    return rounded_text(least) + (least < most ? " to " + rounded_text(most) : "");
  }
};

std::vector<ClaimLine> lines_of(std::span<CalibrationRow const> rows) {
  std::vector<ClaimLine> lines;
  for (CalibrationRow const& row : rows) {
    auto line = std::ranges::find(lines, row.claim, &ClaimLine::claim);
    if (line == lines.end()) {
      lines.push_back({row.claim, 0, 0, {}});
      line = lines.end() - 1;
    }
    if (row.defect == DefectKind::none) {
      line->wrong += row.counted();
      line->runs += row.runs;
    } else {
      line->graded[row.defect][row.model].push_back(&row);
    }
  }
  return lines;
}

std::string sentences(std::span<CalibrationRow const> rows, std::vector<ClaimLine> const& lines, double family_error) {
  auto const contradicting = contradicting_claims(rows, family_error);
  ClaimLine total;
  for (auto const& line : lines) {
    total.wrong += line.wrong;
    total.runs += line.runs;
  }
  if (total.runs == 0) return "No planted truth was put to the test.";
  auto text =
      fmt::format("{} of {} runs on planted truths ended in a wrong verdict (a rate of at most {}); declared is {}",
                  total.wrong, total.runs, rounded_text(total.upper(), 2), rounded_text(family_error));
  if (!contradicting.empty())
    text += fmt::format(", and these claims contradict it: {}. Do not trust their findings.",
                        fmt::join(contradicting, ", "));
  else if (contradicts(total.wrong, total.runs, family_error))
    text += ", and their sum contradicts it, though no claim does by itself.";
  else
    text += fmt::format(
        ", and neither their sum nor a claim contradicts it. So many runs would show a rate of {} or more, and say "
        "nothing of smaller ones.",
        rounded_text(smallest_rate_shown(total.runs, family_error), 2));
  return text +
         " Under information, score and shift stands the smallest planted defect from which on 99 % of runs refute; "
         "\"not seen\": not even the largest is refuted oftener than the family error allows.";
}

std::string wrapped_text(std::string const& text, int width) {
  std::string result;
  for (auto const& line : wrapped(printable(text), std::min(width, 100))) result += line + '\n';
  return result;
}

}  // namespace

CalibrationSummary calibration_summary(std::span<CalibrationRow const> rows, double family_error) {
  auto const lines = lines_of(rows);
  CalibrationSummary summary;
  for (auto const& line : lines) {
    summary.wrong += line.wrong;
    summary.runs += line.runs;
    summary.lines.push_back({line.claim, fmt::format("{} / {}", line.wrong, line.runs), rounded_text(line.upper(), 2),
                             line.cell(DefectKind::information, family_error),
                             line.cell(DefectKind::score, family_error), line.cell(DefectKind::shift, family_error)});
  }
  summary.is_contradicted =
      !contradicting_claims(rows, family_error).empty() || contradicts(summary.wrong, summary.runs, family_error);
  summary.sentences = sentences(rows, lines, family_error);
  return summary;
}

std::string calibration_table(std::span<CalibrationRow const> rows, double family_error, int width) {
  auto const summary = calibration_summary(rows, family_error);
  TextTable table({{"claim"},
                   {"wrong / runs", Align::right},
                   {"at most", Align::right},
                   {"information", Align::right},
                   {"score", Align::right},
                   {"shift", Align::right}});
  for (auto const& line : summary.lines)
    table.add_row({line.claim, line.wrong, line.at_most, line.information, line.score, line.shift});
  return table.text(width) + '\n' + wrapped_text(summary.sentences, width);
}

}  // namespace fisherlab::reports

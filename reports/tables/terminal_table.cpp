#include "reports/tables/terminal_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "base/text/text_table.hpp"
#include "findings/names.hpp"
#include "reports/tables/summary.hpp"

namespace fisherlab::reports {
namespace {

constexpr std::string_view red = "\033[1;31m";
constexpr std::string_view yellow = "\033[1;33m";
constexpr std::string_view green = "\033[1;32m";
constexpr std::string_view cyan = "\033[1;36m";

std::string coloured(std::string_view text, std::string_view colour, TerminalStyle style) {
  return style.colour ? fmt::format("{}{}\033[0m", colour, text) : std::string(text);
}

/// "(6.2)", and "(6.3)" as it is.
std::string in_brackets(std::string const& statement) {
  return statement.starts_with('(') ? statement : fmt::format("({})", statement);
}

/// A tag of six columns, then the lines of the finding indented by eight.
std::string block(Finding const& f, std::string_view tag, std::string_view colour, TerminalStyle style) {
  std::string const paragraphs[] = {
      fmt::format("{} {}: {} {}, n = {}", f.claim, in_brackets(f.statement), f.model, f.parameters, f.n),
      fmt::format("{}: {}, interval {}, {} replicates, {} dropped", f.measurement.statistic,
                  text_by_error({.value = f.measurement.estimate, .error = f.measurement.std_error}), interval_text(f),
                  f.measurement.replicates, f.measurement.dropped),
      fmt::format("{}; region {}; expected {}", to_string(f.verdict), region_text(f.region),
                  f.expected == Expectation::report ? "nothing" : to_string(f.expected))};
  constexpr int indent = 8;
  std::string text = coloured(padded(tag, indent - 2, Align::left), colour, style) + "  ";
  bool is_first = true;
  for (std::string const& paragraph : paragraphs) {
    for (std::string const& line : wrapped(printable(paragraph), style.width - indent)) {
      text += (is_first ? "" : std::string(indent, ' ')) + line + '\n';
      is_first = false;
    }
  }
  return text;
}

/// A column of counts.
struct CountColumn {
  char const* title;
  int ClaimSummary::*count;
};
constexpr auto count_columns = std::to_array<CountColumn>({{"verified", &ClaimSummary::verified},
                                                           {"controls", &ClaimSummary::refuted},
                                                           {"failed", &ClaimSummary::failed},
                                                           {"open", &ClaimSummary::open},
                                                           {"shown", &ClaimSummary::shown}});

constexpr int gap = 2;

/// How wide columns have to be, so that nothing in them is cut.
struct Widths {
  int claims = 0, places = 0, margins = 0;
};

Widths widths_of(std::vector<ClaimSummary> const& claims) {
  Widths widths;
  for (ClaimSummary const& c : claims) {
    widths.claims = std::max(widths.claims, display_width(printable(c.claim)));
    widths.places = std::max(widths.places, display_width(printable(c.statement)));
    widths.margins = std::max(widths.margins, display_width(margins_text(c.margins_from_target)));
  }
  return widths;
}

/// The columns of counts that have an entry.
std::vector<CountColumn> with_entries(std::vector<CountColumn> columns, std::vector<ClaimSummary> const& claims) {
  std::erase_if(columns, [&](auto const& column) {
    return std::ranges::all_of(claims, [&](auto const& c) { return c.*column.count == 0; });
  });
  return columns;
}

/// Where the place in the notes stands, and how wide it may be.
struct Place {
  bool has_column = true;  ///< else it stands below the claim
  int room = 0;
};

/// A line of the table of claims, and further lines where its place in the notes takes more room.
void add_claim(TextTable& table, ClaimSummary const& c, std::vector<CountColumn> const& counted, Place const& where) {
  auto place = wrapped(printable(c.statement), where.room);
  if (!where.has_column) {
    for (auto& line : place) line.insert(0, "  ");
    place.insert(place.begin(), "");
  }
  std::vector<std::string> cells{c.claim};
  if (where.has_column) cells.push_back(place.empty() ? std::string() : place.front());
  for (auto const& column : counted)
    cells.push_back(c.*column.count == 0 ? std::string("-") : std::to_string(c.*column.count));
  cells.push_back(margins_text(c.margins_from_target));
  std::vector<std::string> more(cells.size());
  table.add_row(std::move(cells));
  for (std::size_t k = 1; k < place.size(); ++k) {
    more[where.has_column ? 1 : 0] = place[k];
    table.add_row(more);
  }
}

/// What tells rows apart is not cut: in a narrow terminal columns without an entry are left out, and a place in the
/// notes that is longer than its room goes on in the line below.
std::string claims_table(Summary const& summary, int width) {
  constexpr int least_room = 14;
  std::vector<CountColumn> counted(count_columns.begin(), count_columns.end());
  auto const widths = widths_of(summary.claims);
  std::string margin_title = "% of margin used";
  auto const room_beside = [&] {
    int room = width - widths.claims - 2 * gap - std::max(display_width(margin_title), widths.margins);
    for (auto const& column : counted) room -= display_width(column.title) + gap;
    return room;
  };
  if (room_beside() < widths.places) {
    margin_title = "% of margin";
    counted = with_entries(std::move(counted), summary.claims);
  }
  int const beside = room_beside();
  Place where{beside >= std::min(least_room, widths.places), beside};
  if (!where.has_column) where.room = std::max(beside + widths.claims, least_room);
  std::vector<TextTable::Column> columns{{where.has_column ? "claim" : "claim, place in the notes"}};
  if (where.has_column) columns.push_back({"notes"});
  for (auto const& column : counted) columns.push_back({column.title, Align::right});
  columns.push_back({margin_title, Align::right});
  TextTable table(std::move(columns));
  for (ClaimSummary const& c : summary.claims) add_claim(table, c, counted, where);
  return table.text(width);
}

/// The first dozen in full, and how many more there are; all of them where asked for.
std::string blocks(std::vector<Finding const*> const& findings, std::string_view tag, std::string_view colour,
                   TerminalStyle style) {
  constexpr std::size_t in_sight = 12;
  auto const shown = style.verbose ? findings.size() : std::min(in_sight, findings.size());
  std::string text;
  for (std::size_t k = 0; k < shown; ++k) text += block(*findings[k], tag, colour, style) + '\n';
  if (shown < findings.size())
    text += fmt::format("{}  and {} more: on the page, or with --verbose\n\n",
                        coloured(padded(tag, 6, Align::left), colour, style), findings.size() - shown);
  return text;
}

constexpr std::string_view legend =
    "By statement. controls: refuted, as they must be. % of margin used: how far the farthest estimate lies from its "
    "target, with its interval.";

}  // namespace

std::string findings_table(std::span<Finding const> findings, TerminalStyle style) {
  style.width = std::max(style.width, 40);
  Summary const summary = summarise(findings);
  std::string text = blocks(summary.failed, "FAILED", red, style) + blocks(summary.open, "OPEN", yellow, style);
  std::string_view const colour = !summary.failed.empty() ? red : !summary.open.empty() ? yellow : green;
  text += coloured(counts_sentence(summary), colour, style) + '\n';
  if (findings.empty()) return text;
  text += '\n';
  for (auto const& line : wrapped(legend, std::min(style.width, 100))) text += line + '\n';
  text += claims_table(summary, style.width);
  if (!style.verbose) return text;
  if (!summary.shown.empty()) text += "\nShown only, without effect on the exit code:\n";
  for (Finding const* f : summary.shown) text += block(*f, "SHOWN", cyan, style);
  return text;
}

}  // namespace fisherlab::reports

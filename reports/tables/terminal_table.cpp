#include "reports/tables/terminal_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

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

std::string claims_table(Summary const& summary, int width) {
  TextTable table({{"claim"},
                   {"notes"},
                   {"verified", Align::right},
                   {"controls", Align::right},
                   {"failed", Align::right},
                   {"open", Align::right},
                   {"shown", Align::right},
                   {"% of margin used", Align::right}});
  auto const number = [](int count) { return count == 0 ? std::string("-") : std::to_string(count); };
  // The id, which `show` takes, is never cut: where the room is too small, the place in the notes is.
  std::size_t longest = 0;
  for (ClaimSummary const& c : summary.claims) longest = std::max(longest, c.claim.size());
  constexpr int of_numbers = 60;
  int const room = std::max(width - static_cast<int>(longest) - of_numbers, 8);
  for (ClaimSummary const& c : summary.claims) {
    table.add_row({c.claim, clipped(c.statement, room), number(c.verified), number(c.refuted), number(c.failed),
                   number(c.open), number(c.shown), margins_text(c.margins_from_target)});
  }
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

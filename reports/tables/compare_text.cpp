#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "base/text/text_table.hpp"
#include "findings/names.hpp"
#include "reports/tables/compare.hpp"
#include "reports/tables/finding_keys.hpp"
#include "reports/tables/summary.hpp"

namespace fisherlab::reports {
namespace {

std::string counted(std::size_t count, std::string const& noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string more_line(std::size_t count, std::size_t most) {
  return count > most ? fmt::format("  ... and {} more (--all shows them)\n", count - most) : std::string();
}

std::string bits_sentence(Comparison const& c) {
  if (c.same_bits()) return "Same bits: the tallies have one fingerprint and findings.csv is the same, byte by byte.\n";
  std::string const tallies = c.same_fingerprint ? "the tallies have one fingerprint" : "the tallies differ";
  std::string const findings =
      c.same_findings_bytes ? "findings.csv is the same, byte by byte" : "findings.csv differs";
  return fmt::format("Not the same bits: {}, {}.\n", tallies, findings);
}

/// A run that did not come to its end is no night to hold another against.
std::string status_lines(RunPair const& runs) {
  std::string text;
  for (auto const& [which, run] : {std::pair("old", &runs.before), std::pair("new", &runs.after)})
    if (!is_whole(run->manifest.status))
      text += fmt::format("The {} run did not come to its end ({}): findings that it lacks were not decided.\n", which,
                          to_string(run->manifest.status));
  return text;
}

std::string why_not_same(RunPair const& runs) {
  auto const &a = runs.before.manifest, &b = runs.after.manifest;
  std::string text;
  auto const differs = [&](std::string const& what, std::string const& before, std::string const& after) {
    if (before != after) text += fmt::format("  {}: {} -> {}\n", what, printable(before), printable(after));
  };
  differs("seed", std::to_string(a.seed), std::to_string(b.seed));
  if (a.study != b.study) text += "  study: its text changed\n";
  differs("family error", exact_text(a.family_error), exact_text(b.family_error));
  differs("version", a.version, b.version);
  differs("compiler", a.compiler, b.compiler);
  differs("instruction level", a.instruction_level, b.instruction_level);
  differs("threads", std::to_string(a.threads), std::to_string(b.threads));
  differs("host", a.host, b.host);
  return text.empty() ? text : "Made differently:\n" + text;
}

std::string outcome_text(Finding const& f) {
  return fmt::format("{} ({})", to_string(f.outcome), to_string(f.verdict));
}

std::string verdicts(Comparison const& c, TerminalStyle style) {
  std::vector<FindingChange const*> rows;
  for (auto const& change : c.changed)
    if (change.before->verdict != change.after->verdict || change.before->outcome != change.after->outcome)
      rows.push_back(&change);
  if (rows.empty()) return "Verdicts: none changed.\n";
  std::ranges::stable_sort(rows, std::ranges::greater(), [](auto const* change) { return change->outcome_step; });
  std::string text = fmt::format("Verdicts: {} changed, {} worse, {} better.\n", rows.size(), c.worse, c.better);
  for (auto const* change : rows) {  // all of them: this is what the reader came for
    auto const* const word = change->outcome_step > 0 ? "worse" : change->outcome_step < 0 ? "better" : "changed";
    auto const* const colour = change->outcome_step > 0 ? "\x1b[31m" : change->outcome_step < 0 ? "\x1b[32m" : "";
    bool const paint = style.colour && *colour != '\0';
    text += fmt::format("  {}{}{}  {}\n           {} -> {}\n", paint ? colour : "", padded(word, 7, Align::left),
                        paint ? "\x1b[0m" : "", finding_name(*change->after), outcome_text(*change->before),
                        outcome_text(*change->after));
  }
  return text;
}

std::string estimate_text(Finding const& f) {
  return text_with_error({.value = f.measurement.estimate, .error = f.measurement.std_error});
}

std::string shift_text(double shift) { return std::isfinite(shift) ? fmt::format("{:+.2f}", shift) : "no error"; }

std::string movements(Comparison const& c, TerminalStyle style, std::size_t most) {
  std::vector<FindingChange const*> moved;
  std::size_t regions = 0;
  for (auto const& change : c.changed) {
    if (change.shift != 0) moved.push_back(&change);
    regions += change.region_changed;
  }
  std::string text = fmt::format("Findings: {} in both, {} changed, {} of them in the estimate", c.matched,
                                 c.changed.size(), moved.size());
  text += regions == 0 ? ".\n" : fmt::format(", {} in the region they are held to.\n", regions);
  if (moved.empty()) return text;
  text += "The largest shifts, in combined standard errors:\n\n";
  TextTable table({{"shift", Align::right},
                   {"before (error)", Align::right},
                   {"after (error)", Align::right},
                   {"finding", Align::left, true}});
  for (std::size_t k = 0; k < std::min(most, moved.size()); ++k)
    table.add_row({shift_text(moved[k]->shift), estimate_text(*moved[k]->before), estimate_text(*moved[k]->after),
                   finding_name(*moved[k]->after)});
  return text + table.text(style.width) + more_line(moved.size(), most);
}

std::string estimated_text(Estimated const& e) {
  return std::isnan(e.value) ? "none" : text_with_error({.value = e.value, .error = e.mcse});
}

/// Fewer rows than of findings, which are what the reader came for.
std::string performances(PerformanceComparison const& p, TerminalStyle style, std::size_t most) {
  if (p.matched + p.only_before + p.only_after == 0) return {};
  std::string text = fmt::format("Performance: {} in both, {} changed", counted(p.matched, "row"), p.changed.size());
  for (auto const& [count, which] : {std::pair(p.only_before, "old"), std::pair(p.only_after, "new")})
    if (count > 0) text += fmt::format(", {} only in the {} run", count, which);
  text += ".\n";
  if (p.changed.empty()) return text;
  text += "The measures that moved most, one a row, in combined standard errors:\n\n";
  TextTable table({{"shift", Align::right},
                   {"before (error)", Align::right},
                   {"after (error)", Align::right},
                   {"measure", Align::left, true}});
  auto const rows = most < p.changed.size() ? std::min<std::size_t>(most, 8) : p.changed.size();
  for (auto const& change : std::span(p.changed).first(rows)) {
    auto const& r = *change.after;
    table.add_row({shift_text(change.shift), estimated_text(change.from), estimated_text(change.to),
                   printable(fmt::format("{} of {} for {}, {}({}) n={}", change.measure, r.estimator, r.component,
                                         r.model, r.parameters, r.n))});
  }
  return text + table.text(style.width) + more_line(p.changed.size(), rows);
}

std::string only_in(std::string const& which, std::vector<Finding const*> const& findings, std::size_t most) {
  if (findings.empty()) return {};
  std::string text = fmt::format("Only in the {} run: {}.\n", which, counted(findings.size(), "finding"));
  for (std::size_t k = 0; k < std::min(most, findings.size()); ++k)
    text += fmt::format("  {}, {}\n", finding_name(*findings[k]), outcome_text(*findings[k]));
  return text + more_line(findings.size(), most);
}

std::string work(RunPair const& runs) {
  auto const &a = runs.before.manifest, &b = runs.after.manifest;
  auto const line = [](std::string const& what, double before, double after, std::string const& unit) {
    std::string const ratio =
        before > 0 && std::isfinite(after / before) ? fmt::format(", {:+.1f} %", 100 * (after / before - 1)) : "";
    return fmt::format("  {}: {} -> {}{}{}\n", what, rounded_text(before), rounded_text(after), unit, ratio);
  };
  std::string text = "Work:\n" + line("replicates a second", a.replicates_per_second, b.replicates_per_second, "");
  if (a.threads != b.threads && a.threads > 0 && b.threads > 0)
    text += line("replicates a second and thread", a.replicates_per_second / a.threads,
                 b.replicates_per_second / b.threads, "");
  return text + line("replicates", static_cast<double>(a.replicates), static_cast<double>(b.replicates), "") +
         line("wall time", a.wall_seconds, b.wall_seconds, " s");
}

}  // namespace

std::string comparison_text(Comparison const& comparison, RunPair const& runs, TerminalStyle style,
                            std::size_t most_rows) {
  std::string text = status_lines(runs) + bits_sentence(comparison);
  text += why_not_same(runs);
  text += '\n' + verdicts(comparison, style);
  text += '\n' + movements(comparison, style, most_rows);
  for (auto const& part :
       {performances(comparison.performance, style, most_rows), only_in("old", comparison.only_before, most_rows),
        only_in("new", comparison.only_after, most_rows)})
    if (!part.empty()) text += '\n' + part;
  return text + '\n' + work(runs);
}

}  // namespace fisherlab::reports

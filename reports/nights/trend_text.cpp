#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "base/text/text_table.hpp"
#include "findings/names.hpp"
#include "reports/nights/trend.hpp"
#include "reports/tables/finding_keys.hpp"
#include "reports/tables/summary.hpp"

namespace fisherlab::reports {
namespace {

constexpr std::size_t most_margins = 10;
constexpr std::size_t most_bars = 30;

/// Bars of eighths from the least to the largest of the last values; a value that is not finite is a blank.
std::string bars(std::vector<double> values) {
  static constexpr std::array<char const*, 8> eighths = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  if (values.size() > most_bars) values.erase(values.begin(), values.end() - most_bars);
  double least = std::numeric_limits<double>::infinity(), largest = -least;
  for (double const value : values)
    if (std::isfinite(value)) least = std::min(least, value), largest = std::max(largest, value);
  std::string text;
  for (double const value : values) {
    double const share = largest > least ? (value - least) / (largest - least) : 0.5;
    text += std::isfinite(value) ? eighths[static_cast<std::size_t>(std::min(7.0, std::floor(8 * share)))] : " ";
  }
  return text;
}

std::string earlier_text(std::size_t hidden, std::string const& what) {
  return hidden == 0 ? "" : fmt::format("({} earlier {} are in the file, --all shows them)\n", hidden, what);
}

/// How many runs there are, and how many of them were looked at.
std::string count_sentence(StudyTrend const& trend) {
  auto const count = trend.earlier + trend.runs.size();
  return fmt::format(
      "{} {}{}", count, count == 1 ? "run" : "runs",
      trend.earlier == 0 ? "" : fmt::format(", of which the latest {} are looked at", trend.runs.size()));
}

std::string runs_text(StudyTrend const& trend, std::size_t most_runs, TerminalStyle style) {
  TextTable table({{"started", Align::left},
                   {"seed", Align::right},
                   {"version", Align::left},
                   {"exit", Align::right},
                   {"status", Align::left},
                   {"failed", Align::right},
                   {"open", Align::right},
                   {"replicates", Align::right},
                   {"seconds", Align::right},
                   {"replicates/s", Align::right}});
  std::vector<double> seconds, rates;
  for (auto const* const run : trend.runs) {
    seconds.push_back(run->manifest.wall_seconds);
    rates.push_back(run->manifest.replicates_per_second);
  }
  std::size_t const hidden = trend.runs.size() > most_runs ? trend.runs.size() - most_runs : 0;
  for (std::size_t k = hidden; k < trend.runs.size(); ++k) {
    auto const& run = *trend.runs[k];
    auto const& m = run.manifest;
    auto const with = [&](Outcome outcome) {
      return std::to_string(std::ranges::count(run.findings, outcome, &Finding::outcome));
    };
    table.add_row({started_text(trend, run), std::to_string(m.seed), printable(m.version), std::to_string(m.exit_code),
                   std::string(to_string(m.status)), with(Outcome::fail), with(Outcome::open),
                   rounded_text(static_cast<double>(m.replicates)), rounded_text(m.wall_seconds, 3),
                   rounded_text(m.replicates_per_second, 3)});
  }
  std::string const text = table.text(style.width) + earlier_text(trend.earlier + hidden, "runs");
  return text + fmt::format("\nSeconds       {}\nReplicates/s  {}\n", bars(seconds), bars(rates));
}

std::string drift_text(StudyTrend const& trend, Series const& series) {
  auto const& drift = *series.drift;
  auto const& latest = series.nights.back();
  double const error = latest.finding->measurement.std_error;
  return fmt::format("  {}\n    from {} on: {} -> {}, {:+.1f} standard errors (flagged from {:.1f})\n",
                     finding_name(*latest.finding), started_text(trend, *series.nights[drift.first_after].run),
                     text_by_error({.value = drift.before, .error = error}),
                     text_by_error({.value = drift.after, .error = error}), drift.z, series.threshold);
}

std::string drifts_text(StudyTrend const& trend, TerminalStyle style) {
  if (trend.tested == 0) return "Drift: nothing to test yet (a finding needs four nights of different seeds).\n";
  std::string const family = fmt::format("{} {} tested", trend.tested, trend.tested == 1 ? "finding" : "findings");
  if (trend.flagged == 0) return fmt::format("Drift: none ({}).\n", family);
  std::string text = fmt::format("{}DRIFT{}: {} of {}.\n", style.colour ? "\x1b[31m" : "",
                                 style.colour ? "\x1b[0m" : "", trend.flagged, family);
  for (auto const& series : trend.series)
    if (series.flagged) text += drift_text(trend, series);
  return text;
}

std::string distances_text(StudyTrend const& trend, TerminalStyle style) {
  std::vector<Series const*> leaving;
  for (auto const& series : trend.series)
    if (series.margin_after && *series.margin_after >= 0.5 && *series.margin_after >= *series.margin_before + 0.1)
      leaving.push_back(&series);
  if (leaving.empty()) return "Estimates that leave their target: none.\n";
  std::ranges::stable_sort(leaving, std::ranges::greater(), [](auto const* series) { return *series->margin_after; });
  TextTable table({{"margins before", Align::right}, {"now", Align::right}, {"finding", Align::left, true}});
  for (std::size_t k = 0; k < std::min(most_margins, leaving.size()); ++k)
    table.add_row({fmt::format("{:.2f}", *leaving[k]->margin_before), fmt::format("{:.2f}", *leaving[k]->margin_after),
                   finding_name(*leaving[k]->nights.back().finding)});
  return fmt::format("Estimates that leave their target: {} (medians of the older and the newer nights).\n\n",
                     leaving.size()) +
         table.text(style.width);
}

/// How far the farthest verified finding of the claim lies from its target, in margins, night by night.
std::string claims_text(StudyTrend const& trend, TerminalStyle style) {
  std::vector<std::vector<ClaimSummary>> nights;
  for (auto const* const run : trend.runs) nights.push_back(summarise(run->findings).claims);
  TextTable table({{"claim", Align::left},
                   {"findings", Align::right},
                   {"failed", Align::right},
                   {"open", Align::right},
                   {"% of margin", Align::right},
                   {"over the runs", Align::left}});
  for (auto const& claim : nights.back()) {
    std::vector<double> used;
    for (auto const& night : nights) {
      auto const found = std::ranges::find(night, claim.claim, &ClaimSummary::claim);
      bool const is_known = found != night.end() && found->margins_from_target;
      used.push_back(is_known ? found->margins_from_target->estimate : std::numeric_limits<double>::quiet_NaN());
    }
    int const count = claim.verified + claim.refuted + claim.failed + claim.open + claim.shown;
    table.add_row({printable(claim.claim), std::to_string(count), std::to_string(claim.failed),
                   std::to_string(claim.open), margins_text(claim.margins_from_target), bars(used)});
  }
  return "The latest run by claim:\n\n" + table.text(style.width) + "\n--claim ID and --model NAME show every night.\n";
}

/// A scale of text columns for intervals and the region that they should lie in.
class Scale {
 public:
  explicit Scale(Series const& series) {
    for (auto const& night : series.nights) {
      auto const& [kind, target, margin, exact_within] = night.finding->region;
      include(night.finding->measurement.lower);
      include(night.finding->measurement.upper);
      if (kind != RegionKind::at_most) include(target - margin);
      if (kind != RegionKind::at_least) include(target + margin);
    }
  }

  /// The interval as a line with the estimate on it, between bars at the edges of the region.
  std::string drawn(Finding const& finding) const {
    std::array<char const*, columns> cells;
    cells.fill(" ");
    auto const& m = finding.measurement;
    if (!std::isfinite(m.estimate) || !(largest_ > least_)) return {};
    for (std::size_t k = column(m.lower); k <= column(m.upper); ++k) cells[k] = "─";
    auto const& [kind, target, margin, exact_within] = finding.region;
    if (kind != RegionKind::at_most) cells[column(target - margin)] = "[";
    if (kind != RegionKind::at_least) cells[column(target + margin)] = "]";
    cells[column(m.estimate)] = "o";
    std::string text;
    for (auto const* const cell : cells) text += cell;
    return text;
  }

 private:
  static constexpr std::size_t columns = 32;

  void include(double value) {
    if (!std::isfinite(value)) return;
    least_ = std::min(least_, value);
    largest_ = std::max(largest_, value);
  }
  std::size_t column(double value) const {
    double const share = std::clamp((value - least_) / (largest_ - least_), 0.0, 1.0);
    return std::isnan(share) ? 0 : static_cast<std::size_t>(std::lround(share * (columns - 1)));
  }

  double least_ = std::numeric_limits<double>::infinity();
  double largest_ = -std::numeric_limits<double>::infinity();
};

std::string distance_text(Finding const& finding) {
  double const margins = margins_from_target(finding).estimate;
  return std::isfinite(margins) ? fmt::format("{:.2f}", margins) : "-";
}

std::string series_text(StudyTrend const& trend, Series const& series, std::size_t most_nights, TerminalStyle style) {
  auto const& latest = *series.nights.back().finding;
  std::string text =
      fmt::format("{}\n  {} {}", finding_name(latest), to_string(latest.expected), region_text(latest.region));
  if (series.drift)
    text += fmt::format("; largest step {:+.1f} standard errors, flagged from {:.1f}{}", series.drift->z,
                        series.threshold, series.flagged ? ": DRIFT" : "");
  TextTable table({{"started", Align::left},
                   {"seed", Align::right},
                   {"estimate (error)", Align::right},
                   {"margins", Align::right},
                   {"verdict", Align::left},
                   {"interval in [region]", Align::left}});
  Scale const scale(series);
  auto const hidden = series.nights.size() - std::min(most_nights, series.nights.size());
  for (auto const& [run, finding] : std::span(series.nights).subspan(hidden)) {
    auto const& m = finding->measurement;
    table.add_row({started_text(trend, *run), std::to_string(run->manifest.seed),
                   text_with_error({.value = m.estimate, .error = m.std_error}), distance_text(*finding),
                   std::string(to_string(finding->verdict)), scale.drawn(*finding)});
  }
  return text + "\n\n" + table.text(style.width) + earlier_text(hidden, "nights");
}

}  // namespace

std::string trend_text(StudyTrend const& trend, TrendFilter const& filter, TerminalStyle style) {
  std::string text = fmt::format("Study {}: {}\n\n", printable(trend.study), count_sentence(trend));
  text += runs_text(trend, filter.most_nights, style) + '\n' + drifts_text(trend, style) + '\n' +
          distances_text(trend, style) + '\n';
  if (filter.is_empty()) return text + claims_text(trend, style);
  std::size_t shown = 0;
  for (auto const& series : trend.series)
    if (filter.holds(*series.nights.back().finding))
      text += (shown++ == 0 ? "" : "\n") + series_text(trend, series, filter.most_nights, style);
  return shown > 0 ? text : text + "No finding of this study is of that claim and model.\n";
}

}  // namespace fisherlab::reports

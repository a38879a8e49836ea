#include "reports/nights/history_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <limits>
#include <string>
#include <vector>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "base/text/parse.hpp"
#include "reports/page/html_templates.hpp"
#include "reports/page/sections/row_labels.hpp"
#include "reports/page/sparkline.hpp"
#include "reports/tables/summary.hpp"

namespace fisherlab::reports {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

using PageOf = std::function<std::string(HistoryRun const&)>;

std::size_t count_of(HistoryRun const& run, Outcome outcome) {
  return static_cast<std::size_t>(std::ranges::count(run.findings, outcome, &Finding::outcome));
}

std::string badge_of(std::size_t failed, std::size_t open) {
  return failed > 0 ? "failed" : open > 0 ? "open" : "verified";
}

data night_entry(StudyTrend const& trend, HistoryRun const& run, PageOf const& page_of) {
  auto const& m = run.manifest;
  auto const failed = count_of(run, Outcome::fail), open = count_of(run, Outcome::open);
  auto const page = page_of ? page_of(run) : std::string();
  data entry;
  entry.set("started", started_text(trend, run));
  entry.set("page", page);
  entry.set("has_page", !page.empty());
  entry.set("seed", std::to_string(m.seed));
  entry.set("badge", is_whole(m.status) ? badge_of(failed, open) : "open");
  entry.set("word", !is_whole(m.status) ? "interrupted" : failed > 0 ? "failed" : open > 0 ? "open" : "as expected");
  entry.set("failed", std::to_string(failed));
  entry.set("open", std::to_string(open));
  entry.set("replicates", count_text(static_cast<double>(m.replicates)));
  entry.set("time", duration_text(m.wall_seconds));
  return entry;
}

std::string margins_words(std::vector<double> const& values) {
  std::string text = "Share of the margin, oldest night first:";
  for (double const value : values) text += std::isfinite(value) ? fmt::format(" {:.0f} %", 100 * value) : " -";
  return text;
}

data claims_of(StudyTrend const& trend) {
  std::vector<std::vector<ClaimSummary>> nights;
  for (auto const* const run : trend.runs) nights.push_back(summarise(run->findings).claims);
  data claims{data::type::list};
  for (auto const& claim : nights.back()) {
    std::vector<double> used;
    for (auto const& night : nights) {
      auto const found = std::ranges::find(night, claim.claim, &ClaimSummary::claim);
      bool const is_known = found != night.end() && found->margins_from_target;
      used.push_back(is_known ? found->margins_from_target->estimate : std::numeric_limits<double>::quiet_NaN());
    }
    data entry;
    entry.set("claim", printable(claim.claim));
    entry.set("statement", printable(claim.statement));
    entry.set("findings", std::to_string(claim.verified + claim.refuted + claim.failed + claim.open + claim.shown));
    entry.set("failed", std::to_string(claim.failed));
    entry.set("open", std::to_string(claim.open));
    entry.set("used", margins_text(claim.margins_from_target));
    auto const drifts = std::ranges::count_if(trend.series, [&](Series const& series) {
      return series.flagged && series.nights.back().finding->claim == claim.claim;
    });
    entry.set("drifts", std::to_string(drifts));
    entry.set("picture", sparkline_svg({.values = used, .level = 1.0, .from_zero = true}, margins_words(used)));
    claims.push_back(entry);
  }
  return claims;
}

data drift_entry(Series const& series) {
  auto const& drift = *series.drift;
  auto const& f = *series.nights.back().finding;
  double const error = f.measurement.std_error;
  std::vector<double> estimates;
  for (auto const& night : series.nights) estimates.push_back(night.finding->measurement.estimate);
  data entry;
  entry.set("name", printable(fmt::format("{}: {}, n = {}: {}", f.claim, place_text(f.model, f.parameters),
                                          sizes_text(f.n), f.measurement.statistic)));
  auto const sentence =
      fmt::format("from {} on: {} to {}, {:+.1f} standard errors (flagged from {:.1f})",
                  series.nights[drift.first_after].run->manifest.started_utc.substr(0, 10),
                  text_by_error({drift.before, error}), text_by_error({drift.after, error}), drift.z, series.threshold);
  entry.set("sentence", printable(sentence));
  entry.set("picture", sparkline_svg({.values = estimates, .step_before = drift.first_after}, "Estimates " + sentence));
  return entry;
}

data study_entry(StudyTrend const& trend, std::size_t place, PageOf const& page_of) {
  data entry, nights{data::type::list}, drifts{data::type::list};
  for (auto run = trend.runs.rbegin(); run != trend.runs.rend(); ++run)
    nights.push_back(night_entry(trend, **run, page_of));
  for (auto const& series : trend.series)
    if (series.flagged) drifts.push_back(drift_entry(series));
  std::vector<double> seconds;
  for (auto const* run : trend.runs) seconds.push_back(run->manifest.wall_seconds);
  auto const all = trend.earlier + trend.runs.size();
  entry.set("id", fmt::format("study{}", place + 1));
  entry.set("study", printable(trend.study));
  entry.set("count",
            fmt::format("{} {}{}", all, all == 1 ? "night" : "nights",
                        trend.earlier > 0 ? fmt::format(", the latest {} of which are shown", trend.runs.size())
                                          : std::string()));
  entry.set("nights", nights);
  entry.set("claims", claims_of(trend));
  entry.set("drifts", drifts);
  entry.set("has_drifts", trend.flagged > 0);
  entry.set("drift", trend.tested == 0 ? "Drift: nothing to test yet; a finding needs four nights of different seeds."
                     : trend.flagged == 0 ? fmt::format("Drift: none, of {} findings tested.", trend.tested)
                                          : fmt::format("Drift: {} of {} findings.", trend.flagged, trend.tested));
  entry.set("times", sparkline_svg({.values = seconds, .from_zero = true}, "Seconds of each night, oldest first"));
  return entry;
}

/// What the banner says, and in which colour.
void add_heading(std::span<StudyTrend const> trends, data& page) {
  std::size_t drifts = 0, failed = 0, open = 0;
  for (auto const& trend : trends) {
    drifts += trend.flagged;
    failed += count_of(*trend.runs.back(), Outcome::fail);
    open += count_of(*trend.runs.back(), Outcome::open);
  }
  auto const findings = [](std::size_t count) {
    return fmt::format("{} {}", count, count == 1 ? "finding" : "findings");
  };
  std::string heading = "The latest night: all as expected, no drift";
  if (trends.empty())
    heading = "No nights yet";
  else if (failed > 0)
    heading = fmt::format("The latest night: {} against expectation", findings(failed));
  else if (drifts > 0)
    heading = drifts == 1 ? std::string("1 finding drifts") : fmt::format("{} findings drift", drifts);
  else if (open > 0)
    heading = fmt::format("The latest night: {} still open", findings(open));
  page.set("heading", heading);
  page.set("state", trends.empty() ? std::string("shown") : badge_of(failed + drifts, open));
}

}  // namespace

std::string history_html(std::span<StudyTrend const> trends, PageOf const& page_of) {
  data page, studies{data::type::list};
  add_heading(trends, page);
  for (std::size_t k = 0; k < trends.size(); ++k) studies.push_back(study_entry(trends[k], k, page_of));
  page.set("studies", studies);
  page.set("style", std::string(html_page_style()));
  page.set("script", std::string(html_page_script()));
  mustache view{std::string(html_history_template())};
  return view.render(page);
}

}  // namespace fisherlab::reports

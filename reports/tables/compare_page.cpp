#include "reports/tables/compare_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <kainjow/mustache.hpp>
#include <string>
#include <vector>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "reports/page/gnuplot.hpp"
#include "reports/page/html_templates.hpp"
#include "reports/page/html_text.hpp"
#include "reports/page/sections/interval_svg.hpp"
#include "reports/page/sections/row_labels.hpp"

namespace fisherlab::reports {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

constexpr std::size_t most_rows = 50;

std::string estimate_text(Finding const& f) {
  return f.measurement.std_error > 0 ? text_with_error({f.measurement.estimate, f.measurement.std_error})
                                     : estimate_words(f.measurement);
}

/// "n1/findings.csv#row=7", the header is row 1; empty without a folder.
std::string row_link(std::string const& folder, std::vector<Finding> const& all, Finding const* finding) {
  return folder.empty() ? std::string() : fmt::format("{}/findings.csv#row={}", folder, finding - all.data() + 2);
}

data change_entry(FindingChange const& change, RunPair const& runs, RunPlaces const& places) {
  auto const& f = *change.after;
  data entry;
  entry.set("claim", printable(f.claim));
  entry.set("scenario", printable(place_text(f.model, f.parameters)));
  entry.set("n", printable(sizes_text(f.n)));
  entry.set("statistic", printable(f.measurement.statistic));
  entry.set("before", badge(*change.before));
  entry.set("after", badge(f));
  entry.set("old", estimate_text(*change.before));
  entry.set("new", estimate_text(f));
  entry.set("shift", std::isfinite(change.shift) ? fmt::format("{:+.2f}", change.shift) : "no error");
  entry.set("old_picture", interval_svg(*change.before));
  entry.set("new_picture", interval_svg(f));
  entry.set("has_data", !places.before.empty() && !places.after.empty());
  entry.set("old_data", row_link(places.before, runs.before.findings, change.before));
  entry.set("new_data", row_link(places.after, runs.after.findings, change.after));
  return entry;
}

data performance_entry(PerformanceChange const& change) {
  auto const& row = *change.after;
  auto const text = [](Estimated const& e) {
    return std::isnan(e.value) ? std::string("none") : text_with_error({e.value, e.mcse});
  };
  data entry;
  entry.set("scenario", printable(place_text(row.model, row.parameters)));
  entry.set("n", std::to_string(row.n));
  entry.set("estimator", printable(row.estimator));
  entry.set("component", printable(row.component));
  entry.set("measure", std::string(change.measure));
  entry.set("old", text(change.from));
  entry.set("new", text(change.to));
  entry.set("shift", std::isfinite(change.shift) ? fmt::format("{:+.2f}", change.shift) : "no error");
  return entry;
}

template <class Changes, class Keep, class Entry>
data list_of(Changes const& changes, Keep const& keep, Entry const& entry) {
  data rows{data::type::list};
  std::size_t count = 0;
  for (auto const& change : changes)
    if (keep(change) && count++ < most_rows) rows.push_back(entry(change));
  return rows;
}

data run_facts(RunPair const& runs) {
  data facts{data::type::list};
  auto const add = [&](std::string const& name, std::string const& before, std::string const& after) {
    data fact;
    fact.set("name", name);
    fact.set("value", printable(before == after ? before : before + " → " + after));
    facts.push_back(fact);
  };
  auto const &a = runs.before.manifest, &b = runs.after.manifest;
  add("study", a.study_name, b.study_name);
  add("started", a.started_utc, b.started_utc);
  add("seed", std::to_string(a.seed), std::to_string(b.seed));
  add("replicates", with_commas(a.replicates), with_commas(b.replicates));
  add("version", a.version, b.version);
  add("fingerprint", a.fingerprint, b.fingerprint);
  add("host", a.host, b.host);
  return facts;
}

std::string heading_of(Comparison const& comparison) {
  if (comparison.worse > 0)
    return fmt::format("{} {} got worse", comparison.worse, comparison.worse == 1 ? "verdict" : "verdicts");
  if (comparison.same_bits()) return "The same to the last bit";
  return comparison.better > 0 ? fmt::format("{} {} got better, none worse", comparison.better,
                                             comparison.better == 1 ? "verdict" : "verdicts")
                               : "No verdict changed";
}

}  // namespace

std::string compare_html(Comparison const& comparison, RunPair const& runs, RunPlaces const& places) {
  auto const entry_of = [&](FindingChange const& change) { return change_entry(change, runs, places); };
  auto const has_turned = [](FindingChange const& c) { return badge(*c.before) != badge(*c.after); };
  auto by_step = comparison.changed;
  std::ranges::stable_sort(by_step, std::ranges::greater(), &FindingChange::outcome_step);
  data page;
  page.set("state", std::string(comparison.worse > 0 ? "failed" : "verified"));
  page.set("heading", heading_of(comparison));
  page.set("lead", fmt::format("{} findings in both runs, {} changed; {} only in the old, {} only in the new one.",
                               comparison.matched, comparison.changed.size(), comparison.only_before.size(),
                               comparison.only_after.size()));
  page.set("facts", run_facts(runs));
  page.set("has_data", !places.before.empty() && !places.after.empty());
  page.set("has_turned", std::ranges::any_of(by_step, has_turned));
  page.set("turned", list_of(by_step, has_turned, entry_of));
  auto const has_moved = [](FindingChange const& c) { return c.shift != 0; };
  page.set("has_moved", std::ranges::any_of(comparison.changed, has_moved));
  page.set("moved", list_of(comparison.changed, has_moved, entry_of));
  page.set("has_measures", !comparison.performance.changed.empty());
  page.set("measures", list_of(
                           comparison.performance.changed, [](auto const&) { return true; }, performance_entry));
  page.set("style", std::string(html_page_style()));
  page.set("script", std::string(html_page_script()));
  page.set("symbols", svg_symbols(interval_symbols()));
  mustache view{std::string(html_compare_template())};
  return view.render(page);
}

}  // namespace fisherlab::reports

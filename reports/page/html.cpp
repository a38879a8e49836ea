#include "reports/page/html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "findings/names.hpp"
#include "reports/page/figure_parts.hpp"
#include "reports/page/figures.hpp"
#include "reports/page/gallery.hpp"
#include "reports/page/gnuplot.hpp"
#include "reports/page/html_templates.hpp"
#include "reports/page/html_text.hpp"
#include "reports/page/influence_part.hpp"
#include "reports/page/picture_figures.hpp"
#include "reports/tables/noted_text.hpp"
#include "reports/tables/summary.hpp"

namespace fisherlab::reports {
namespace {
using kainjow::mustache::data;
using kainjow::mustache::mustache;

data list() { return data{data::type::list}; }

data finding_row(Finding const& f, std::size_t index) {
  auto const& m = f.measurement;
  data row;
  row.set("id", fmt::format("f{}", index + 1));
  row.set("claim", printable(f.claim));
  row.set("model", printable(f.model));
  row.set("scenario", printable(scenario_text(f.model, f.parameters)));
  row.set("n", printable(f.n));
  row.set("statistic", printable(m.statistic));
  row.set("badge", badge(f));
  row.set("verdict", std::string(to_string(f.verdict)));
  row.set("estimate", text_by_error({m.estimate, m.std_error}));
  row.set("interval", ends_text(m));
  row.set("region", region_text(f.region));
  row.set("replicates", with_commas(m.replicates));
  row.set("dropped", m.dropped > 0 ? fmt::format("{} dropped", m.dropped) : std::string());
  return row;
}

/// A part at the top of the page with a sentence for each finding, those after the first dozen folded away.
struct Urgent {
  std::string name, heading;
  std::vector<Finding const*> const& findings;
};

data urgent_part(Urgent const& part, Finding const* first_of_run) {
  static constexpr std::size_t in_sight = 12;
  auto first = list(), rest = list();
  for (std::size_t k = 0; k < part.findings.size(); ++k) {
    auto const& f = *part.findings[k];
    data entry;
    entry.set("id", fmt::format("f{}", &f - first_of_run + 1));
    entry.set("claim", printable(f.claim));
    entry.set("sentence", printable(finding_sentence(f)));
    entry.set("badge", badge(f));
    (k < in_sight ? first : rest).push_back(entry);
  }
  data shown;
  shown.set("name", part.name);
  shown.set("heading", part.heading);
  shown.set("first", first);
  shown.set("rest", rest);
  shown.set("has_rest", part.findings.size() > in_sight);
  if (part.findings.size() > in_sight) shown.set("rest_count", fmt::format("{}", part.findings.size() - in_sight));
  return shown;
}

/// The ids of the claims that have findings, in the order of the notes.
std::vector<std::string> claim_order(RunTables const& run, std::span<ClaimCard const> cards) {
  std::vector<std::string> present, order;
  for (auto const& f : run.findings)
    if (std::find(present.begin(), present.end(), f.claim) == present.end()) present.push_back(f.claim);
  for (auto const& card : cards)
    if (std::find(present.begin(), present.end(), card.id) != present.end()) order.push_back(card.id);
  for (auto const& id : present)
    if (std::find(order.begin(), order.end(), id) == order.end()) order.push_back(id);
  return order;
}

void describe(ClaimCard const& card, data& part) {
  part.set("title", printable(card.title));
  part.set("formula", printable(card.formula));
  part.set("evidence", printable(card.evidence));
  part.set("margin", printable(card.margin));
  part.set("control", printable(card.control));
  part.set("has_card", true);
}

data claim_part(std::string const& id, RunTables const& run, HtmlOptions const& options, Gallery& gallery) {
  data part;
  auto rows = list();
  std::vector<Finding const*> own;
  std::map<std::string, int> counts;
  for (std::size_t i = 0; i < run.findings.size(); ++i) {
    auto const& f = run.findings[i];
    if (f.claim != id) continue;
    own.push_back(&f);
    ++counts[badge(f)];
    rows.push_back(finding_row(f, i));
  }
  part.set("claim", printable(id));
  part.set("statement", printable(own.front()->statement));
  part.set("rows", rows);
  for (auto const& card : options.cards)
    if (card.id == id) describe(card, part);
  auto chips = list();
  for (auto const* word : {"failed", "open", "verified", "refuted", "shown"}) {
    if (counts[word] == 0) continue;
    data chip;
    chip.set("badge", std::string(word));
    chip.set("count", fmt::format("{}", counts[word]));
    chips.push_back(chip);
  }
  part.set("chips", chips);
  part.set("expanded", counts["failed"] + counts["open"] > 0);
  auto figures = claim_figures(run, id, own);
  part.set("figures", gallery.add(std::move(figures.shown)));
  part.set("folded_count", fmt::format("{}", figures.folded.size()));
  part.set("has_folded", !figures.folded.empty());
  part.set("folded", gallery.add(std::move(figures.folded)));
  return part;
}

std::string text_of(std::optional<Estimated> const& number) {
  return number ? text_with_error({number->value, number->mcse}) : std::string("-");
}

data performance_entry(PerformanceRow const& r) {
  data row;
  row.set("estimator", printable(r.estimator));
  row.set("component", printable(r.component));
  row.set("n", fmt::format("{}", r.n));
  row.set("replicates", with_commas(r.replicates));
  row.set("failed", fmt::format("{}", r.failed));
  row.set("truth", rounded_text(r.truth, 6));
  row.set("bias", text_of(r.bias));
  row.set("emp_se", text_of(r.emp_se));
  row.set("relative_se_error", text_of(r.relative_se_error));
  row.set("coverage", text_of(r.coverage));
  row.set("efficiency", r.efficiency ? rounded_text(*r.efficiency, 3) : std::string("-"));
  return row;
}

data scenario_parts(RunTables const& run, Gallery& gallery) {
  std::vector<std::pair<std::string, std::vector<PerformanceRow const*>>> groups;
  for (auto const& row : run.performance) {
    auto const name = scenario_text(row.model, row.parameters);
    auto place = std::find_if(groups.begin(), groups.end(), [&](auto const& group) { return group.first == name; });
    if (place == groups.end()) place = groups.insert(groups.end(), {name, {}});
    place->second.push_back(&row);
  }
  auto parts = list();
  for (auto& [name, rows] : groups) {
    std::stable_sort(rows.begin(), rows.end(), [](auto a, auto b) {
      return std::tie(a->n, a->component, a->estimator) < std::tie(b->n, b->component, b->estimator);
    });
    data part;
    auto entries = list();
    for (auto const* row : rows) entries.push_back(performance_entry(*row));
    part.set("scenario", printable(name));
    part.set("model", printable(rows.front()->model));
    part.set("entries", entries);
    part.set("count", fmt::format("{} {}", rows.size(), rows.size() == 1 ? "row" : "rows"));
    auto figures = efficiency_figures(rows);
    for (auto& figure : coverage_figures(rows)) figures.push_back(std::move(figure));
    part.set("figures", gallery.add(std::move(figures)));
    parts.push_back(part);
  }
  return parts;
}

data options_of(std::set<std::string> const& words) {
  auto shown = list();
  for (auto const& word : words) {
    data entry;
    entry.set("word", printable(word));
    shown.push_back(entry);
  }
  return shown;
}

void banner(RecordedRun const& run, Summary const& summary, data& page) {
  bool const is_cut = !is_whole(run.manifest.status);
  bool const failed = !summary.failed.empty(), open = !summary.open.empty() || is_cut;
  page.set("state", std::string(failed ? "failed" : open ? "open" : run.findings.empty() ? "shown" : "verified"));
  std::string heading = "All as expected";
  auto const plural = [](std::size_t count) { return count == 1 ? "finding" : "findings"; };
  if (failed)
    heading = fmt::format("{} {} against expectation", summary.failed.size(), plural(summary.failed.size()));
  else if (is_cut)
    heading = "Interrupted before its end";
  else if (open)
    heading = fmt::format("{} {} still open", summary.open.size(), plural(summary.open.size()));
  else if (run.findings.empty())
    heading = "No findings in this run";
  page.set("heading", heading);
  page.set("status", status_sentence(run.manifest.status));
  page.set("has_status", run.manifest.status != RunStatus::complete);
  page.set("noted", noted_sentence(run.noted));
  page.set("has_noted", !run.noted.empty());
  page.set("counts", run.findings.empty() ? std::string() : counts_sentence(summary));
  auto urgent = list();
  for (Urgent const& part :
       {Urgent{"troubles", "What failed", summary.failed}, Urgent{"unsettled", "What is open", summary.open},
        Urgent{"remarks", "Shown only", summary.shown}})
    if (!part.findings.empty()) urgent.push_back(urgent_part(part, run.findings.data()));
  page.set("urgent", urgent);
}

void provenance(Manifest const& manifest, data& page) {
  auto facts = list();
  for (auto const& [name, value] : provenance_facts(manifest)) {
    data fact;
    fact.set("name", name);
    fact.set("value", printable(value));
    facts.push_back(fact);
  }
  page.set("facts", facts);
  page.set("study", printable_lines(manifest.study));
  page.set("has_study", !manifest.study.empty());
}

void filters(RunTables const& run, data& page) {
  std::set<std::string> models, verdicts;
  for (auto const& f : run.findings) {
    models.insert(f.model);
    verdicts.insert(badge(f));
  }
  for (auto const& row : run.performance) models.insert(row.model);
  page.set("models", options_of(models));
  page.set("verdicts", options_of(verdicts));
}

}  // namespace

std::string html_report(RecordedRun const& run, HtmlOptions const& options) {
  Gallery gallery;
  data page;
  banner(run, summarise(run.findings), page);
  provenance(run.manifest, page);
  filters(run, page);
  auto parts = list();
  for (auto const& id : claim_order(run, options.cards)) parts.push_back(claim_part(id, run, options, gallery));
  page.set("claims", parts);
  page.set("has_claims", !run.findings.empty());
  page.set("scenarios", scenario_parts(run, gallery));
  page.set("has_scenarios", !run.performance.empty());
  add_influence(run, page, gallery);
  auto power = power_figures(run.calibration);
  page.set("has_power", !power.empty());
  page.set("power", gallery.add(std::move(power)));
  bool const drawn = gallery.draw(options.gnuplot, options.stop);
  page.set("drawn", drawn);
  page.set("not_drawn", !drawn);
  page.set("style", std::string(html_page_style()));
  page.set("script", std::string(html_page_script()));
  page.set("symbols", std::string(svg_symbols()));
  mustache view{std::string(html_page_template())};
  return gallery.hang(view.render(page));
}

}  // namespace fisherlab::reports

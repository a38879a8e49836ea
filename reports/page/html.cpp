#include "reports/page/html.hpp"

#include <cstddef>
#include <kainjow/mustache.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/text/display_text.hpp"
#include "reports/page/figures.hpp"
#include "reports/page/gallery.hpp"
#include "reports/page/gnuplot.hpp"
#include "reports/page/html_templates.hpp"
#include "reports/page/html_text.hpp"
#include "reports/page/page_part.hpp"
#include "reports/page/sections/first_screen.hpp"
#include "reports/page/sections/influence_part.hpp"
#include "reports/page/sections/interval_svg.hpp"
#include "reports/page/sections/scenarios.hpp"
#include "reports/page/sections/statements.hpp"
#include "reports/page/sections/verdict_map.hpp"
#include "reports/tables/calibration_table.hpp"
#include "reports/tables/summary.hpp"

namespace fisherlab::reports {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;
using kainjow::mustache::partial;

data options_of(std::set<std::string> const& words) {
  data shown{data::type::list};
  for (auto const& word : words) {
    data entry;
    entry.set("word", printable(word));
    shown.push_back(entry);
  }
  return shown;
}

void add_filters(RunTables const& run, data& page) {
  std::set<std::string> models, verdicts;
  for (auto const& f : run.findings) {
    models.insert(f.model);
    verdicts.insert(badge(f));
  }
  for (auto const& row : run.performance) models.insert(row.model);
  page.set("models", options_of(models));
  page.set("verdicts", options_of(verdicts));
}

void add_calibration(RecordedRun const& run, data& page, Gallery& gallery) {
  data lines{data::type::list};
  for (auto const& line : calibration_summary(run.calibration, run.manifest.family_error).lines) {
    data entry;
    entry.set("claim", printable(line.claim));
    entry.set("wrong", line.wrong);
    entry.set("at_most", line.at_most);
    entry.set("information", line.information);
    entry.set("score", line.score);
    entry.set("shift", line.shift);
    lines.push_back(entry);
  }
  page.set("calibration", lines);
  page.set("has_calibration", !run.calibration.empty());
  auto power = power_figures(run.calibration);
  page.set("has_power", !power.empty());
  page.set("power", gallery.add(std::move(power)));
}

void add_parts(std::vector<PagePart> const& parts, data& page, Gallery& gallery) {
  data shown{data::type::list};
  for (std::size_t k = 0; k < parts.size(); ++k) {
    data entry;
    entry.set("part_id", "part" + std::to_string(k + 1));
    entry.set("heading", printable(parts[k].heading));
    entry.set("figures", gallery.add(parts[k].figures));
    entry.set("printed", printable_lines(parts[k].text));
    entry.set("has_printed", !parts[k].text.empty());
    shown.push_back(entry);
  }
  page.set("parts", shown);
}

}  // namespace

std::string html_report(RecordedRun const& run, HtmlOptions const& options) {
  Gallery gallery(options.beside_data);
  data page;
  auto const summary = summarise(run.findings);
  auto const claims = claim_order(run, options.cards);
  add_first_screen(run, summary, options, page);
  add_map(verdict_map(run.findings, claims), run.findings, page);
  add_troubles(run, summary, page, gallery);
  add_filters(run, page);
  add_statements(run, claims, options, page, gallery);
  if (options.parts != nullptr) add_parts(*options.parts, page, gallery);
  bool const is_of_measures = run.findings.empty() || run.manifest.kind == RunKind::analyze;
  add_scenarios(run, options.full || is_of_measures, options.full, page, gallery);
  add_influence(run, options.full || run.findings.empty(), page, gallery);
  add_calibration(run, page, gallery);
  add_provenance(run.manifest, page);
  bool const drawn = gallery.draw(options.gnuplot, options.stop);
  page.set("drawn", drawn);
  page.set("not_drawn", !drawn);
  page.set("full", options.full);
  page.set("short", !options.full);
  page.set("style", std::string(html_page_style()));
  page.set("script", std::string(html_page_script()));
  page.set("symbols", svg_symbols(interval_symbols()));
  page.set("figure", data(partial([] { return std::string(html_figure_template()); })));
  mustache view{std::string(html_page_template())};
  return gallery.hang(view.render(page));
}

}  // namespace fisherlab::reports

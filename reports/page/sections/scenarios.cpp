#include "reports/page/sections/scenarios.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "reports/page/figures.hpp"
#include "reports/page/html_text.hpp"
#include "reports/page/pictures/grid/grid_figures.hpp"
#include "reports/page/pictures/picture_figures.hpp"
#include "reports/page/sections/row_labels.hpp"

namespace fisherlab::reports {
namespace {

using kainjow::mustache::data;

std::string text_of(std::optional<Estimated> const& number) {
  return number ? text_with_error({number->value, number->mcse}) : std::string("-");
}

/// Rounded by a quarter of its 95 % interval, about its standard error.
std::string efficiency_text(PerformanceRow const& r) {
  if (!r.efficiency) return "-";
  if (!r.efficiency_lower || !r.efficiency_upper) return rounded_text(*r.efficiency, 3);
  return text_with_error({*r.efficiency, (*r.efficiency_upper - *r.efficiency_lower) / 4});
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
  row.set("efficiency", efficiency_text(r));
  return row;
}

/// The nominal level of the Wald intervals, which a run of `simulate` chooses.
double level_of(Manifest const& manifest) {
  auto const fact = manifest.facts.find("level");
  double level = 0.95;
  if (fact != manifest.facts.end())
    std::from_chars(fact->second.data(), fact->second.data() + fact->second.size(), level);
  return level > 0 && level < 1 ? level : 0.95;
}

constexpr std::size_t most_zips = 6;
constexpr std::size_t most_drawn = 12;    ///< scenarios that have pictures of their own, unless all are wanted
constexpr std::size_t most_unfolded = 3;  ///< scenarios that stand open on a page of their own

/// Zip plots, all methods of a scenario in one; without a place those of all scenarios. The smallest n comes first.
std::vector<Figure> zips_at(PictureRows const& pictures, PerformanceRow const* place, bool full) {
  std::vector<ReplicateInterval const*> intervals;
  std::vector<CurveRow const*> curves;
  auto const is_there = [&](auto const& row) {
    return place == nullptr || (row.model == place->model && row.parameters == place->parameters);
  };
  for (auto const& row : pictures.intervals)
    if (is_there(row)) intervals.push_back(&row);
  for (auto const& row : pictures.curves)
    if (is_there(row)) curves.push_back(&row);
  if (place != nullptr) std::ranges::stable_sort(intervals, {}, &ReplicateInterval::n);
  auto zips = zip_figures(intervals, curves);
  for (std::size_t k = 1; k < zips.size(); ++k) zips[k].caption = "To be read as the first zip plot.";
  if (zips.size() > most_zips && !full) {
    zips.front().caption +=
        fmt::format(" This is one of {}, of which {} are shown; report --full shows all.", zips.size(), most_zips);
    zips.resize(most_zips);
  }
  name_data(zips, pictures.intervals, "intervals.csv");
  return zips;
}

/// The pictures of the whole: what was varied side by side, and for estimates made elsewhere each beside the others.
void add_grid(RecordedRun const& run, bool full, data& page, Gallery& gallery) {
  std::vector<PerformanceRow const*> rows;
  for (auto const& row : run.performance) rows.push_back(&row);
  auto figures = nested_loop_figures(rows, level_of(run.manifest));
  if (run.manifest.kind == RunKind::analyze)
    for (auto const& more : {forest_figures(rows), bias_against_se_figures(rows)})
      figures.insert(figures.end(), more.begin(), more.end());
  name_data(figures, run.performance, "performance.csv");
  if (run.manifest.kind == RunKind::analyze) {
    auto zips = zips_at(run.pictures, nullptr, full);
    std::ranges::move(zips, std::back_inserter(figures));
  }
  page.set("has_grid", !figures.empty());
  page.set("grid", gallery.add(std::move(figures)));
}

}  // namespace

void add_scenarios(RecordedRun const& run, bool with_pictures, bool full, data& page, Gallery& gallery) {
  std::vector<std::pair<std::string, std::vector<PerformanceRow const*>>> groups;
  for (auto const& row : run.performance) {
    auto const name = place_text(row.model, row.parameters);
    auto place = std::find_if(groups.begin(), groups.end(), [&](auto const& group) { return group.first == name; });
    if (place == groups.end()) place = groups.insert(groups.end(), {name, {}});
    place->second.push_back(&row);
  }
  data parts{data::type::list};
  for (auto& [name, rows] : groups) {
    std::stable_sort(rows.begin(), rows.end(), [](auto a, auto b) {
      return std::tie(a->n, a->component, a->estimator) < std::tie(b->n, b->component, b->estimator);
    });
    data part, entries{data::type::list};
    for (auto const* row : rows) entries.push_back(performance_entry(*row));
    part.set("scenario", printable(name));
    part.set("model", printable(rows.front()->model));
    part.set("entries", entries);
    part.set("count", fmt::format("{} {}", rows.size(), rows.size() == 1 ? "row" : "rows"));
    std::vector<Figure> figures;
    bool const is_drawn = with_pictures && (full || groups.size() <= most_drawn);
    part.set("left_out", with_pictures && !is_drawn);
    if (is_drawn) {
      figures = efficiency_figures(rows);
      for (auto const& more :
           {bias_figures(rows), coverage_figures(rows, level_of(run.manifest)), funnel_figures(rows)})
        figures.insert(figures.end(), more.begin(), more.end());
      name_data(figures, run.performance, "performance.csv");
      if (run.manifest.kind == RunKind::simulate)
        std::ranges::move(zips_at(run.pictures, rows.front(), full), std::back_inserter(figures));
    }
    part.set("figures", gallery.add(std::move(figures)));
    part.set("unfolded", run.findings.empty() && groups.size() <= most_unfolded);
    parts.push_back(part);
  }
  if (run.manifest.kind != RunKind::verify) add_grid(run, full, page, gallery);
  page.set("scenarios", parts);
  page.set("has_scenarios", !run.performance.empty());
  page.set("scenario_count", fmt::format("{}", groups.size()));
}

}  // namespace fisherlab::reports

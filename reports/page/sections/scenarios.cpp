#include "reports/page/sections/scenarios.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "reports/page/figures.hpp"
#include "reports/page/html_text.hpp"
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

}  // namespace

void add_scenarios(RecordedRun const& run, bool with_pictures, data& page, Gallery& gallery) {
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
    if (with_pictures) {
      figures = efficiency_figures(rows);
      for (auto const& more : {bias_figures(rows), coverage_figures(rows, level_of(run.manifest))})
        figures.insert(figures.end(), more.begin(), more.end());
      name_data(figures, run.performance, "performance.csv");
    }
    part.set("figures", gallery.add(std::move(figures)));
    parts.push_back(part);
  }
  page.set("scenarios", parts);
  page.set("has_scenarios", !run.performance.empty());
  page.set("scenario_count", fmt::format("{}", groups.size()));
}

}  // namespace fisherlab::reports

#include "reports/tables/performance_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "base/text/number.hpp"
#include "base/text/text_table.hpp"

namespace fisherlab::reports {
namespace {

std::string with_error(Estimated const& number) {
  if (std::isnan(number.value)) return "-";
  return text_with_error({.value = number.value, .error = number.mcse});
}

std::string optional_with_error(std::optional<Estimated> const& number) { return number ? with_error(*number) : "-"; }

std::string percent(std::optional<Estimated> const& share) {
  return share ? with_error({.value = 100 * share->value, .mcse = 100 * share->mcse}) : "-";
}

std::string efficiency(PerformanceRow const& row) {
  if (!row.efficiency) return "-";
  if (!row.efficiency_lower || !row.efficiency_upper) return rounded_text(*row.efficiency, 4);
  double const error = (*row.efficiency_upper - *row.efficiency_lower) / 4;
  auto const text = [=](double value) { return text_by_error({.value = value, .error = error}); };
  return fmt::format("{} [{}, {}]", text(*row.efficiency), text(*row.efficiency_lower), text(*row.efficiency_upper));
}

std::string table_of(std::vector<PerformanceRow const*> const& rows) {
  using enum Align;
  bool const controlled = std::any_of(rows.begin(), rows.end(), [](auto const* r) { return r->controlled_bias; });
  std::vector<TextTable::Column> columns = {{"n", right},          {"estimator"},          {"component"},
                                            {"replicates", right}, {"failed", right},      {"truth", right},
                                            {"bias", right},       {"empirical SE", right}};
  if (controlled) columns.insert(columns.end(), {{"bias, controlled", right}, {"SE, controlled", right}});
  columns.insert(columns.end(),
                 {{"model SE", right}, {"SE error %", right}, {"coverage %", right}, {"efficiency", right}});
  TextTable table(columns);
  for (PerformanceRow const* r : rows) {
    std::vector<std::string> cells = {exact_text(r->n),          r->estimator,          r->component,
                                      exact_text(r->replicates), exact_text(r->failed), rounded_text(r->truth, 6),
                                      with_error(r->bias),       with_error(r->emp_se)};
    if (controlled)
      cells.insert(cells.end(), {optional_with_error(r->controlled_bias), optional_with_error(r->controlled_emp_se)});
    cells.insert(cells.end(), {optional_with_error(r->model_se), percent(r->relative_se_error), percent(r->coverage),
                               efficiency(*r)});
    table.add_row(std::move(cells));
  }
  return table.text();
}

}  // namespace

std::string performance_table(std::span<PerformanceRow const> rows) {
  using Scenario = std::pair<std::string, std::string>;
  std::vector<Scenario> order;
  std::map<Scenario, std::vector<PerformanceRow const*>> groups;
  for (PerformanceRow const& row : rows) {
    auto& group = groups[{row.model, row.parameters}];
    if (group.empty()) order.emplace_back(row.model, row.parameters);
    group.push_back(&row);
  }
  std::string text;
  for (Scenario const& scenario : order)
    text += printable(scenario.first + " " + scenario.second) + '\n' + table_of(groups[scenario]) + '\n';
  if (!order.empty()) text += "In brackets: Monte Carlo standard error; after the efficiency: its interval.\n";
  return text;
}

}  // namespace fisherlab::reports

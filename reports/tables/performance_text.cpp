#include "reports/tables/performance_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "base/text/text_table.hpp"
#include "reports/tables/performance_table.hpp"

namespace fisherlab::reports {
namespace {

int widest_line(std::string_view text) {
  int widest = 0;
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    widest = std::max(widest, display_width(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return widest;
}

std::string with_error(std::optional<Estimated> const& x, double factor = 1) {
  return x && !std::isnan(x->value) ? text_with_error({factor * x->value, factor * x->mcse}) : "-";
}

std::string efficiency(PerformanceRow const& row) {
  if (!row.efficiency || !row.efficiency_lower || !row.efficiency_upper) return "-";
  return text_by_error({*row.efficiency, (*row.efficiency_upper - *row.efficiency_lower) / 4});
}

struct Measure {
  std::string_view title;
  std::string (*text)(PerformanceRow const&);
};
constexpr std::array<Measure, 11> measures = {{
    {"truth", [](PerformanceRow const& r) { return rounded_text(r.truth, 6); }},
    {"bias", [](PerformanceRow const& r) { return with_error(r.bias); }},
    {"bias, controlled", [](PerformanceRow const& r) { return with_error(r.controlled_bias); }},
    {"empirical SE", [](PerformanceRow const& r) { return with_error(r.emp_se); }},
    {"SE, controlled", [](PerformanceRow const& r) { return with_error(r.controlled_emp_se); }},
    {"model SE", [](PerformanceRow const& r) { return with_error(r.model_se); }},
    {"SE error %", [](PerformanceRow const& r) { return with_error(r.relative_se_error, 100); }},
    {"coverage %", [](PerformanceRow const& r) { return with_error(r.coverage, 100); }},
    {"bias-free coverage %", [](PerformanceRow const& r) { return with_error(r.be_coverage, 100); }},
    {"efficiency", efficiency},
    {"failed fits", [](PerformanceRow const& r) { return exact_text(r.failed); }},
}};

bool is_controlled(std::span<PerformanceRow const> rows) {
  return std::any_of(rows.begin(), rows.end(), [](auto const& row) { return row.controlled_bias.has_value(); });
}

std::string block(std::span<PerformanceRow const> rows) {
  std::vector<TextTable::Column> columns = {{""}};
  for (auto const& row : rows) columns.push_back({row.estimator + ": " + row.component, Align::right});
  TextTable table(columns);
  for (auto const& [title, text] : measures) {
    std::vector<std::string> cells = {std::string(title)};
    for (auto const& row : rows) cells.push_back(text(row));
    if (title.ends_with("controlled") && !is_controlled(rows)) continue;
    table.add_row(std::move(cells));
  }
  return table.text();
}

/// As many columns to a block as fit, at least one.
std::string blocks(std::span<PerformanceRow const> rows, int width) {
  std::string text;
  while (!rows.empty()) {
    std::size_t count = 1;
    while (count < rows.size() && widest_line(block(rows.first(count + 1))) <= width) ++count;
    text += block(rows.first(count)) + '\n';
    rows = rows.subspan(count);
  }
  return text;
}

}  // namespace

std::string performance_text(std::span<PerformanceRow const> rows, int width) {
  std::string wide = reports::performance_table(rows);
  if (rows.empty() || widest_line(wide) <= width) return wide;
  std::string text;
  for (std::size_t first = 0; first < rows.size();) {
    auto const& head = rows[first];
    std::size_t last = first;
    while (last < rows.size() && rows[last].n == head.n && rows[last].model == head.model &&
           rows[last].parameters == head.parameters)
      ++last;
    text += fmt::format("{} {}, n = {}, {} replicates\n", head.model, head.parameters, head.n, head.replicates);
    text += blocks(rows.subspan(first, last - first), width);
    first = last;
  }
  return text + "In brackets: Monte Carlo standard error.\n";
}

}  // namespace fisherlab::reports

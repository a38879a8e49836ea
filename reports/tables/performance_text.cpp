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

/// A line of a block; one that is there `where_told` is left out where no row has it.
struct Measure {
  std::string_view title;
  std::string (*text)(PerformanceRow const&);
  bool where_told = false;
};
using P = PerformanceRow const&;
constexpr std::array<Measure, 17> measures = {{
    {"truth", [](P r) { return text_within(r.truth, r.emp_se.value); }},
    {"bias", [](P r) { return with_error(r.bias); }},
    {"bias, controlled", [](P r) { return with_error(r.controlled_bias); }, true},
    {"empirical SE", [](P r) { return with_error(r.emp_se); }},
    {"SE, controlled", [](P r) { return with_error(r.controlled_emp_se); }, true},
    {"precision %", [](P r) { return with_error(r.relative_precision, 100); }, true},
    {"MSE", [](P r) { return r.width || r.power ? with_error(r.mse) : "-"; }, true},
    {"model SE", [](P r) { return with_error(r.model_se); }},
    {"SE error %", [](P r) { return with_error(r.relative_se_error, 100); }},
    {"coverage %", [](P r) { return with_error(r.coverage, 100); }},
    {"bias-free coverage %", [](P r) { return with_error(r.be_coverage, 100); }},
    {"missed below %", [](P r) { return with_error(r.missed_below, 100); }, true},
    {"missed above %", [](P r) { return with_error(r.missed_above, 100); }, true},
    {"power %", [](P r) { return with_error(r.power, 100); }, true},
    {"width", [](P r) { return with_error(r.width); }, true},
    {"efficiency", efficiency, true},
    {"failed fits", [](P r) { return exact_text(r.failed); }},
}};

bool is_shown(Measure const& measure, std::span<PerformanceRow const> rows) {
  return !measure.where_told ||
         std::any_of(rows.begin(), rows.end(), [&](auto const& row) { return measure.text(row) != "-"; });
}

std::string block(std::span<PerformanceRow const> rows) {
  std::vector<TextTable::Column> columns = {{""}};
  for (auto const& row : rows) columns.push_back({row.estimator + ": " + row.component, Align::right});
  TextTable table(columns);
  for (auto const& measure : measures) {
    if (!is_shown(measure, rows)) continue;
    std::vector<std::string> cells = {std::string(measure.title)};
    for (auto const& row : rows) cells.push_back(measure.text(row));
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
    text += fmt::format("{}{}{}{}, {} replicate{}\n", printable(head.model), head.parameters.empty() ? "" : " ",
                        printable(head.parameters), head.n > 0 ? fmt::format(", n = {}", head.n) : "", head.replicates,
                        head.replicates == 1 ? "" : "s");
    text += blocks(rows.subspan(first, last - first), width);
    first = last;
  }
  return text + "In brackets: Monte Carlo standard error.\n";
}

}  // namespace fisherlab::reports

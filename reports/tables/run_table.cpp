#include "reports/tables/run_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/expects.hpp"
#include "reports/tables/run_columns.hpp"

namespace fisherlab::reports {
namespace {

/// Calls `visit` with the rows of that kind and the columns they can have.
template <class Visit>
auto with_rows(RunTables const& run, TableKind kind, Visit const& visit) {
  auto const call = [&](auto const& rows) { return visit(rows, columns_of(rows.data())); };
  if (kind == TableKind::performance) return call(run.performance);
  if (kind == TableKind::influence) return call(influence_summaries(run.influence));
  return kind == TableKind::convergence ? call(run.convergence) : call(run.findings);
}

template <class Record>
std::vector<Column<Record>> chosen(std::vector<Column<Record>> const& all, std::span<std::string const> names) {
  std::vector<Column<Record>> result;
  if (names.empty())
    std::copy_if(all.begin(), all.end(), std::back_inserter(result), [](auto const& c) { return c.is_usual; });
  for (auto const& name : names) {
    auto const found = std::find_if(all.begin(), all.end(), [&](auto const& c) { return c.head.name == name; });
    expects(found != all.end(), fmt::format("the table has no column '{}', choose others", name));
    result.push_back(*found);
  }
  return result;
}

/// Whether a row has what each choice asks for; the columns are those of the choices, in their order.
template <class Record>
bool is_chosen(Record const& row, std::vector<Column<Record>> const& columns, std::span<RowChoice const> choices) {
  for (std::size_t k = 0; k < choices.size(); ++k)
    if (columns[k].text(row) != choices[k].text) return false;
  return true;
}

std::pair<std::string, std::string> title_and_note(TableKind kind) {
  switch (kind) {
    case TableKind::convergence:
      return {"Convergence", "After the rate: its interval. Numbers are rounded by the width of their intervals."};
    case TableKind::influence:
      return {
          "Influence",
          "Actual on predicted change of the test loss when a row is removed. The rows listed are the training rows "
          "with the largest predicted change, in brackets: without a harmful row the loss falls."};
    case TableKind::findings:
    case TableKind::performance:
      break;
  }
  return {kind == TableKind::findings ? "Findings" : "Performance",
          "In round brackets: the Monte Carlo standard error, by which numbers are rounded."};
}

}  // namespace

std::string_view to_string(TableKind kind) {
  static constexpr std::array<std::string_view, table_kinds.size()> names = {"findings", "performance", "convergence",
                                                                             "influence"};
  return names[static_cast<std::size_t>(kind)];
}

std::vector<std::string> column_names(TableKind kind) {
  return with_rows({}, kind, [](auto const&, auto const& all) {
    std::vector<std::string> names;
    for (auto const& column : all) names.push_back(column.head.name);
    return names;
  });
}

RunTable run_table(RunTables const& run, TableKind kind, std::span<std::string const> columns,
                   std::span<RowChoice const> choices) {
  RunTable table = with_rows(run, kind, [columns, choices](auto const& rows, auto const& all) {
    RunTable result;
    auto const shown = chosen(all, columns);
    std::vector<std::string> asked;
    for (auto const& choice : choices) asked.push_back(choice.column);
    auto const told_by = asked.empty() ? shown : chosen(all, asked);
    for (auto const& c : shown) result.columns.push_back(c.head);
    for (auto const& row : rows) {
      if (!is_chosen(row, told_by, choices)) continue;
      auto& cells = result.rows.emplace_back();
      for (auto const& c : shown) cells.push_back(c.text(row));
    }
    return result;
  });
  expects(!table.rows.empty() || choices.empty(),
          fmt::format("no row of {} is as --where says, look at the table without it", to_string(kind)));
  std::tie(table.title, table.note) = title_and_note(kind);
  return table;
}

}  // namespace fisherlab::reports

#pragma once

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/text/number.hpp"
#include "findings/fields.hpp"
#include "findings/names.hpp"
#include "findings/words.hpp"
#include "reports/tables/run_table.hpp"

/// The columns that a table of records can have: one for each field of the record's list, and what a report chooses to
/// say of them.
namespace fisherlab::reports {

/// A column of a table of records; the usual ones are shown unless others are chosen.
template <class Record>
struct Column {
  TableColumn head;
  bool is_usual = false;
  std::function<std::string(Record const&)> text;
};

/// How numbers without an error are rounded, and by what all are multiplied: 100 for per cent.
struct Style {
  double scale = 1;
  int digits = 6;
};

/// What a report says of a field, or of a column of its own. A field that it does not speak of is shown on request,
/// under its name, as cell_text writes it.
template <class Record>
struct Choice {
  std::string_view name;
  std::string_view title = {};  ///< the name, unless given
  bool is_usual = false;
  Style style = {};
  std::string (*text)(Record const&) = nullptr;  ///< in place of cell_text
  std::string_view before = {};                  ///< of a column that is no field: the field that it stands before
};

inline std::string cell_text(std::string const& value, Style) { return value; }
inline std::string cell_text(std::int64_t value, Style) { return exact_text(value); }
inline std::string cell_text(int value, Style) { return exact_text(value); }
inline std::string cell_text(double value, Style style) { return rounded_text(style.scale * value, style.digits); }
inline std::string cell_text(Estimated const& value, Style style) {
  if (std::isnan(value.value)) return {};
  return text_with_error({.value = style.scale * value.value, .error = style.scale * value.mcse});
}
inline std::string cell_text(Worded auto value, Style) { return std::string(to_string(value)); }
/// What is not defined is empty.
template <class Value>
std::string cell_text(std::optional<Value> const& value, Style style) {
  return value ? cell_text(*value, style) : std::string();
}

/// Two significant digits of the Monte Carlo standard error.
inline std::string mcse_text(Estimated const& value, Style style) {
  if (std::isnan(value.mcse)) return {};
  return text_by_error({.value = style.scale * value.mcse, .error = style.scale * value.mcse});
}
inline std::string mcse_text(std::optional<Estimated> const& value, Style style) {
  return value ? mcse_text(*value, style) : std::string();
}

template <class Value>
constexpr CellKind cell_kind = std::is_same_v<Value, std::string> || Worded<Value> ? CellKind::text : CellKind::number;

template <class Record>
Column<Record> own_column(Choice<Record> const& choice) {
  auto const title = choice.title.empty() ? choice.name : choice.title;
  return {{std::string(choice.name), std::string(title), CellKind::number}, choice.is_usual, choice.text};
}

/// The columns of a record, in the order of its list, with those of the report before the fields that they name.
template <class Record>
std::vector<Column<Record>> columns_of(std::span<Choice<Record> const> choices) {
  std::vector<Column<Record>> columns;
  Record::fields([&](std::string_view name, std::string_view, auto... way) {
    using Value = std::remove_cvref_t<decltype(value_at(std::declval<Record const&>(), way...))>;
    Choice<Record> choice{.name = name};
    for (auto const& c : choices) {
      if (c.before == name) columns.push_back(own_column(c));
      if (c.name == name) choice = c;
    }
    auto const title = std::string(choice.title.empty() ? name : choice.title);
    auto const style = choice.style;
    auto column = Column<Record>{{std::string(name), title, cell_kind<Value>}, choice.is_usual, choice.text};
    if (!column.text) column.text = [way..., style](Record const& r) { return cell_text(value_at(r, way...), style); };
    columns.push_back(std::move(column));
    if constexpr (is_two_columns<Value>)
      columns.push_back({{mcse_name(name), title + " MCSE", CellKind::number}, false, [way..., style](Record const& r) {
                           return mcse_text(value_at(r, way...), style);
                         }});
  });
  for ([[maybe_unused]] auto const& c : choices)
    assert(std::ranges::any_of(columns, [&](auto const& column) { return column.head.name == c.name; }));
  return columns;
}

}  // namespace fisherlab::reports

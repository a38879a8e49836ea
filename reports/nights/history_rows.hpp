#pragma once

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "findings/fields.hpp"
#include "findings/manifest.hpp"
#include "findings/names.hpp"
#include "findings/words.hpp"

/// How records stand in the tables of a history: a column for each field, by name.
namespace fisherlab::reports {

/// Calls `visit(name, value)` for each field that a history keeps: all of a record, but of a manifest not the study's
/// text (the column of that name has the study's name), nor the program's surroundings.
template <class Record, class Visit>
void for_each_kept(Record& record, Visit const& visit) {
  constexpr std::array<std::string_view, 5> left_out = {"study_name", "study", "compiler", "libraries", "rows"};
  for_each_field(record, [&](std::string_view name, std::string_view, auto& value) {
    using Value = std::remove_cvref_t<decltype(value)>;
    if constexpr (std::is_same_v<std::remove_const_t<Record>, Manifest>) {
      if constexpr (std::is_arithmetic_v<Value> || Worded<Value> || std::is_same_v<Value, std::string>)
        if (std::ranges::find(left_out, name) == left_out.end()) visit(name, value);
    } else {
      visit(name, value);
    }
  });
}

/// The names of the columns that keep a record.
template <class Record>
std::vector<std::string> kept_columns() {
  std::vector<std::string> names;
  Record const sample{};
  for_each_kept(sample, [&](std::string_view name, auto const&) { names.emplace_back(name); });
  return names;
}

void bind_value(SQLite::Statement& row, int index, double value);
void bind_value(SQLite::Statement& row, int index, std::optional<double> const& value);  ///< nothing is NULL
void bind_value(SQLite::Statement& row, int index, std::int64_t value);
void bind_value(SQLite::Statement& row, int index, std::uint64_t value);
void bind_value(SQLite::Statement& row, int index, int value);
void bind_value(SQLite::Statement& row, int index, bool value);
void bind_value(SQLite::Statement& row, int index, std::string const& value);
void bind_value(SQLite::Statement& row, int index, Worded auto value) {
  bind_value(row, index, std::string(to_string(value)));
}

void read_value(SQLite::Column const& column, double& value);
void read_value(SQLite::Column const& column, std::optional<double>& value);
void read_value(SQLite::Column const& column, std::int64_t& value);
void read_value(SQLite::Column const& column, std::uint64_t& value);
void read_value(SQLite::Column const& column, int& value);
void read_value(SQLite::Column const& column, bool& value);
void read_value(SQLite::Column const& column, std::string& value);
/// @throws InputError for a word that no value has.
template <Worded Enum>
void read_value(SQLite::Column const& column, Enum& value) {
  std::string const text = column.getString();
  auto const found = value_of_word<Enum>(text);
  expects(found.has_value(), fmt::format("the history holds the {} '{}' (it is damaged), restore an older copy of it",
                                         column.getName(), printable(text)));
  value = *found;
}

/// The statement that inserts a record: into the columns `leading`, then those that keep it.
template <class Record>
std::string insert_into(std::string const& table, std::vector<std::string> leading) {
  auto& columns = leading;
  for (auto& name : kept_columns<Record>()) columns.push_back(std::move(name));
  return fmt::format("INSERT INTO {} ({}) VALUES ({})", table, fmt::join(columns, ", "),
                     fmt::join(std::vector<std::string>(columns.size(), "?"), ", "));
}

/// Inserts a record by such a statement.
template <class Record, class... Leading>
void insert(SQLite::Statement& row, Record const& record, Leading const&... leading) {
  row.reset();
  int index = 0;
  (bind_value(row, ++index, leading), ...);
  for_each_kept(record, [&](std::string_view, auto const& value) { bind_value(row, ++index, value); });
  row.exec();
}

/// Reads the records in the rows of a SELECT *. A column that the table has not got yet, or that was empty when the row
/// was written, leaves its field as a new record has it.
template <class Record>
class RecordsIn {
 public:
  explicit RecordsIn(SQLite::Statement& rows) : rows_(rows) {
    for (auto const& name : names_) {
      places_.push_back(-1);
      for (int k = 0; k < rows.getColumnCount(); ++k)
        if (rows.getColumnName(k) == name) places_.back() = k;
    }
  }

  /// That of the row that the statement stands at.
  Record current() const {
    Record record;
    std::size_t place = 0;
    for_each_kept(record, [&](std::string_view, auto& value) {
      if (int const k = places_[place++]; is_there(k)) read_value(rows_.getColumn(k), value);
    });
    return record;
  }

  /// Whether that row has a value for the field.
  bool has(std::string_view name) const {
    return is_there(places_[static_cast<std::size_t>(std::ranges::find(names_, name) - names_.begin())]);
  }

 private:
  bool is_there(int column) const { return column >= 0 && !rows_.getColumn(column).isNull(); }

  SQLite::Statement& rows_;
  std::vector<std::string> names_ = kept_columns<Record>();
  std::vector<int> places_;  ///< of each name, -1 where the table lacks it
};

}  // namespace fisherlab::reports

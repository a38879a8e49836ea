#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/files/csv.hpp"
#include "findings/csv/csv_cells.hpp"
#include "findings/fields.hpp"
#include "findings/names.hpp"

namespace fisherlab {

/// The bytes of a table's CSV file, and how many rows it has below its header.
struct TableCsv {
  std::string bytes;      ///< header and rows
  std::int64_t rows = 0;  ///< below the header
};

namespace detail {

inline std::optional<double> defined(double number) {
  return std::isnan(number) ? std::nullopt : std::optional(number);
}

template <class Value>
void add_cells(CsvText& csv, Value const& value) {
  if constexpr (std::is_same_v<Value, Estimated>) {
    auto const number = defined(value.value);
    csv.add(number);
    csv.add(number ? defined(value.mcse) : std::nullopt);  // what is not defined has no error either
  } else if constexpr (std::is_same_v<Value, std::optional<Estimated>>) {
    add_cells(csv, value.value_or(Estimated{std::numeric_limits<double>::quiet_NaN(), 0}));
  } else if constexpr (Worded<Value>) {
    csv.add(to_string(value));
  } else {
    csv.add(value);
  }
}

}  // namespace detail

/// The table of records, a row each in the order given; it depends on them alone. What is not defined is an empty cell.
template <class Record>
TableCsv table_csv(std::vector<Record> const& records) {
  CsvText csv;
  for (auto const& name : column_names<RowOf<Record>>()) csv.add(std::string_view(name));
  csv.end_row();
  std::int64_t rows = 0;
  for_each_row(records, [&](auto const& row) {
    for_each_field(row,
                   [&csv](std::string_view, std::string_view, auto const& value) { detail::add_cells(csv, value); });
    csv.end_row();
    ++rows;
  });
  return {std::move(csv).take(), rows};
}

/// The records of a table. A value that follows from others must be a number and is passed over. A record with a
/// function `complete` is asked whether its numbers can be.
/// @param file  in error messages
/// @throws InputError naming the file and the line, as table_lines and CsvCells.
template <class Record>
std::vector<Record> table_from_csv(std::string_view bytes, std::string_view file) {
  auto const columns = column_names<Record>();
  std::vector<Record> records;
  for (auto const& line : table_lines(bytes, file, columns)) {
    auto& record = records.emplace_back();
    CsvCells cells(file, columns, line);
    for_each_field(record, [&cells](std::string_view, std::string_view, auto&& value) {
      if constexpr (std::is_lvalue_reference_v<decltype(value)>) {
        cells.take(value);
      } else {
        std::remove_cvref_t<decltype(value)> passed_over;
        cells.take(passed_over);
      }
    });
    if constexpr (requires { record.complete(); })
      if (!record.complete()) fail_line(file, line, "holds counts that contradict one another");
  }
  return records;
}

}  // namespace fisherlab

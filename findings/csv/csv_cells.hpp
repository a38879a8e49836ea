#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/files/csv.hpp"
#include "base/files/csv_reader.hpp"
#include "findings/estimated.hpp"
#include "findings/words.hpp"

namespace fisherlab {

/// The cells of one line of a table, taken from left to right in the type of what they fill.
/// Every `take` @throws InputError with the file, the line and the column for a cell that is not of that type.
class CsvCells {
 public:
  /// `file` and `columns` are for messages; all three must outlive the cells.
  CsvCells(std::string_view file, std::span<std::string const> columns, CsvRecord const& line)
      : file_(file), columns_(columns), line_(line) {}

  void take(std::string& text) { text = without_guard(next()); }
  void take(double& number);
  void take(std::int64_t& number);
  void take(int& number);
  void take(std::optional<double>& number);
  void take(Estimated& number);
  void take(std::optional<Estimated>& number);

  template <Worded Enum>
  void take(Enum& word) {
    auto const found = value_of_word<Enum>(next());
    if (!found) fail("is no known word");
    word = *found;
  }

 private:
  std::string const& next() { return line_.cells[index_++]; }
  template <class Number>
  Number number_in(std::string const& cell) const;
  /// The cell taken last is to blame.
  [[noreturn]] void fail(std::string_view what) const;

  std::string_view file_;
  std::span<std::string const> columns_;
  CsvRecord const& line_;
  std::size_t index_ = 0;
};

/// The lines of a CSV file below a header of exactly these columns.
/// @throws InputError naming the file and the line: a file that is empty or whose last line has no end (the writers end
///   every line, so it was cut), another header, a line of another number of cells.
std::vector<CsvRecord> table_lines(std::string_view bytes, std::string_view file, std::span<std::string const> columns);

/// @throws InputError that says what is wrong with a line.
[[noreturn]] void fail_line(std::string_view file, CsvRecord const& line, std::string_view what);

}  // namespace fisherlab

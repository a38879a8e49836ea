#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/files/csv_reader.hpp"

namespace fisherlab::runs {

/// Without the spaces and tabs around it.
std::string_view trimmed(std::string_view text);

/// The number in a cell and what is wrong with it, empty if nothing.
struct Cell {
  double value = 0;
  std::string problem;      ///< as "'two' is not a number, correct it or remove the row"
  bool is_text = false;     ///< not a number at all
  bool is_missing = false;  ///< empty, NA or N/A
};
Cell parse_cell(std::string_view raw);

/// The records of a CSV file, all of one length, with the file's name, to say where something is wrong.
struct CsvTable {
  std::string name;
  std::vector<CsvRecord> records;

  [[noreturn]] void fail(std::string const& what) const;
  [[noreturn]] void fail_at(std::size_t line, std::string const& what) const;

  /// The first record as column names, printable.
  std::vector<std::string> header() const;
  /// Place of the column of that name. @throws InputError that suggests the nearest, or when there are several.
  std::size_t column(std::string const& wanted) const;
};

/// @throws InputError naming file, line and remedy: missing file, directory, no CSV, empty, rows of unequal length.
CsvTable read_csv_table(std::filesystem::path const& path);

}  // namespace fisherlab::runs

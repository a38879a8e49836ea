#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runs/data/cell.hpp"
#include "runs/data/csv_format.hpp"
#include "runs/data/reading.hpp"

namespace fisherlab::runs {

/// The rows of a CSV file, all of one length, with the file's name, to say where something is wrong.
class CsvTable {
 public:
  /// Reads the file as `reading` says; "-" is standard input, gzip is uncompressed. Lines that begin with '#' at the
  /// top, empty lines among rows of several columns, row names and an empty last column are left out; notes() says so.
  /// `wanted`: names of columns that will be asked for.
  /// @throws InputError naming file, line and remedy: missing file, directory, no CSV, empty, rows of unequal length,
  ///   and what format_csv() and has_header() refuse.
  CsvTable(std::string const& path, Reading const& reading, std::vector<std::string> const& wanted = {});

  std::string const& name() const { return name_; }
  bool has_header() const { return is_headed_; }
  bool is_told_of_header() const { return is_told_; }               ///< the reading said whether there is one
  std::vector<std::string> const& names() const { return names_; }  ///< "1", "2" ... without a header
  std::size_t rows() const { return rows_.size(); }
  std::size_t columns() const { return places_.size(); }
  std::string_view text(std::size_t row, std::size_t column) const {
    return csv_.grid.cells(rows_[row])[places_[column]];
  }
  Cell cell(std::size_t row, std::size_t column) const { return parse_cell(text(row, column), csv_.decimal); }
  std::size_t line(std::size_t row) const { return csv_.grid.line(rows_[row]); }
  /// The row's number among all rows of the file, from 1.
  int number(std::size_t row) const { return numbers_[row]; }
  std::size_t first_line() const { return csv_.grid.line(0); }

  /// What was recognised and left out, in sentences.
  std::vector<std::string> const& notes() const { return notes_; }

  /// Place of the column of that name. @throws InputError that suggests the nearest, or when there are several.
  std::size_t column(std::string const& wanted) const;

  /// Leaves the rows out that miss a value in one of the columns, if the reading skips them; a note counts them.
  /// @throws InputError that counts them, if it does not, and when no row is left.
  void treat_missing(std::vector<std::size_t> const& columns);

  /// Gives the memory of the text before that row back to the system: cells of earlier rows may not be asked for again.
  void forget_before(std::size_t row);

  [[noreturn]] void fail(std::string const& what) const;
  [[noreturn]] void fail_at(std::size_t line, std::string const& what) const;

 private:
  void check_lengths(std::size_t first);
  std::string what_is_odd(std::size_t record) const;  ///< of a record with too many or too few cells
  void note_format(Reading const& reading);

  std::string name_;
  std::shared_ptr<std::string const> bytes_;  ///< what the cells look into, also in a copy
  char const* kept_from_ = nullptr;           ///< bytes before are forgotten
  FormattedCsv csv_;
  bool skips_missing_ = false;
  bool is_told_ = false;
  bool is_headed_ = false;
  std::vector<std::string> names_;
  std::vector<std::size_t> places_;
  std::vector<std::size_t> rows_;  ///< their records
  std::vector<int> numbers_;
  std::vector<std::string> notes_;
};

}  // namespace fisherlab::runs

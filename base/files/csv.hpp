#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/text/number.hpp"

namespace fisherlab {

/// Text that a spreadsheet shows as it stands: one that begins with = + - @, a tab or a carriage return, which would be
/// computed as a formula, gets an apostrophe before it; so does such a text behind apostrophes, that it reads back.
/// Source: OWASP, CSV Injection.
std::string spreadsheet_text(std::string_view text);
/// The text that was given to it.
std::string_view without_guard(std::string_view text);

/// One cell of RFC 4180 with a text that no spreadsheet computes: text with a comma, a quote, a carriage return or a
/// line feed stands in quotes, with quotes doubled.
std::string csv_cell(std::string_view text);

inline std::string csv_cell(double value) { return exact_text(value); }
inline std::string csv_cell(std::int64_t value) { return exact_text(value); }
inline std::string csv_cell(int value) { return exact_text(value); }
/// What is not defined is an empty cell.
inline std::string csv_cell(std::optional<double> value) { return value ? exact_text(*value) : std::string(); }

/// CSV as a string of bytes: cells stand in lines, each ended by a line feed.
class CsvText {
 public:
  /// One more cell of the line that is open.
  template <class Cell>
  void add(Cell const& cell) {
    (bytes_ += csv_cell(cell)) += ',';
  }
  /// Ends the line, which has at least one cell.
  void end_row() { bytes_.back() = '\n'; }

  std::string take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

}  // namespace fisherlab

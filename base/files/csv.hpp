#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/text/number.hpp"

namespace fisherlab {

/// One cell of RFC 4180: text with a comma, a quote, a carriage return or a line feed stands in quotes, with quotes
/// doubled.
std::string csv_cell(std::string_view text);

inline std::string csv_cell(double value) { return exact_text(value); }
inline std::string csv_cell(std::int64_t value) { return exact_text(value); }
/// What is not defined is an empty cell.
inline std::string csv_cell(std::optional<double> value) { return value ? exact_text(*value) : std::string(); }

/// CSV with `Columns` columns as a string of bytes: a header line, then one line a row, each ended by a line feed.
/// A row of another number of cells does not compile.
template <std::size_t Columns>
class CsvText {
 public:
  explicit CsvText(std::array<std::string_view, Columns> const& header) {
    for (std::string_view const name : header) append(csv_cell(name));
    end_row();
  }

  template <class... Cells>
  void add_row(Cells const&... cells) {
    static_assert(sizeof...(Cells) == Columns, "a row has one cell for each column");
    (append(csv_cell(cells)), ...);
    end_row();
  }

  std::string take() && { return std::move(bytes_); }

 private:
  void append(std::string const& cell) { (bytes_ += cell) += ','; }
  void end_row() { bytes_.back() = '\n'; }

  std::string bytes_;
};

}  // namespace fisherlab

#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fisherlab {

/// The cells of a CSV text, as views into it: what a large file is read into, 16 bytes a cell beside the text.
class CsvGrid {
 public:
  std::size_t records() const { return first_.size(); }
  /// The cells of a record; their number may vary.
  std::span<std::string_view const> cells(std::size_t record) const {
    std::size_t const end = record + 1 < first_.size() ? first_[record + 1] : cells_.size();
    return std::span(cells_).subspan(first_[record], end - first_[record]);
  }
  /// The number of the line that a record begins on, from 1.
  std::size_t line(std::size_t record) const { return lines_[record]; }

  void begin_record(std::size_t line) {
    first_.push_back(cells_.size());
    lines_.push_back(line);
  }
  void add(std::string_view cell) { cells_.push_back(cell); }
  /// Keeps a cell that does not stand in the text as it is.
  void add_owned(std::string cell) {
    if (!owned_) owned_ = std::make_shared<std::deque<std::string>>();
    cells_.push_back(owned_->emplace_back(std::move(cell)));
  }
  /// Removes the last record.
  void drop_record() {
    cells_.resize(first_.back());
    first_.pop_back();
    lines_.pop_back();
  }

 private:
  std::vector<std::string_view> cells_;
  std::vector<std::size_t> first_;  ///< place of each record's first cell
  std::vector<std::size_t> lines_;
  std::shared_ptr<std::deque<std::string>> owned_;  ///< shared with copies, whose cells look into it too
};

/// Splits CSV (RFC 4180, with `separator` in place of the comma) into records: quotes with doubled quotes inside, line
/// breaks inside quotes. Lines end with LF, CRLF or CR; a UTF-8 byte order mark is skipped; there are no comments. An
/// empty line is a record of one empty cell, but those at the end are dropped. Cells keep their spaces. The grid looks
/// into `bytes`, which must outlive it.
/// @param name  the file in error messages
/// @param first_line  the number of the line that `bytes` begins with
/// @throws InputError for a quote that is not closed, text after a closing quote, a quote inside an unquoted cell, and
///   bytes that show another encoding (UTF-16, or a zero byte).
CsvGrid csv_grid(std::string_view bytes, std::string_view name, char separator = ',', std::size_t first_line = 1);

/// As it is said of a separator: "','", "a tab ('\t')".
std::string separator_text(char separator);

}  // namespace fisherlab

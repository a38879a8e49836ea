#include "base/files/csv_grid.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/expects.hpp"

namespace fisherlab {
namespace {

/// Walks over the bytes once, cell by cell.
class Parser {
 public:
  Parser(std::string_view bytes, std::string_view name, char separator, std::size_t first_line)
      : rest_(bytes), name_(name), separator_(separator), line_(first_line) {
    for (char const c : {separator, '"', '\r', '\n'}) is_end_[as_index(c)] = true;
  }

  CsvGrid grid() {
    auto const lines = static_cast<std::size_t>(std::count(rest_.begin(), rest_.end(), '\n')) + 1;
    grid_.reserve(lines, lines + static_cast<std::size_t>(std::count(rest_.begin(), rest_.end(), separator_)));
    while (!rest_.empty()) record();
    auto const is_empty = [this](std::size_t k) { return grid_.cells(k).size() == 1 && grid_.cells(k)[0].empty(); };
    while (grid_.records() > 0 && is_empty(grid_.records() - 1)) grid_.drop_record();
    return std::move(grid_);
  }

 private:
  void record() {
    grid_.begin_record(line_, rest_.data());
    do
      if (!rest_.empty() && rest_.front() == '"')
        quoted_cell();
      else
        plain_cell();
    while (skip({&separator_, 1}));
    if (!skip("\r\n") && !skip("\n")) skip("\r");
    ++line_;
  }

  void plain_cell() {
    auto const end = std::find_if(rest_.begin(), rest_.end(), [this](char c) { return is_end_[as_index(c)]; });
    std::string_view const cell = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(cell.size());
    if (!rest_.empty() && rest_.front() == '"')
      fail(line_, "has a quote inside an unquoted cell, put the whole cell in quotes and double the inner ones");
    add();
  }

  void quoted_cell() {
    std::size_t const first_line = line_;
    std::string joined;
    std::string_view piece;
    bool has_quotes = false;
    skip("\"");
    while (true) {
      std::size_t const end = rest_.find('"');
      if (end == std::string_view::npos) fail(first_line, "opens a quote that is never closed, close it");
      piece = rest_.substr(0, end);
      count_lines(piece);
      rest_.remove_prefix(end + 1);
      if (!skip("\"")) break;
      has_quotes = true;
      joined += piece;
      joined += '"';
    }
    bool const is_ended =
        rest_.empty() || rest_.front() == separator_ || rest_.front() == '\r' || rest_.front() == '\n';
    if (!is_ended && separator_ == '\0' && rest_.front() == ' ')
      fail(line_, "has cells with blanks between them, separate them by , ; | or tabs in place of blanks");
    if (!is_ended)
      fail(line_, fmt::format("has text after a closing quote, put the separator ({}) between or double the quotes "
                              "that belong to the text",
                              separator_text(separator_)));
    if (!has_quotes) return add();
    check_reach();
    grid_.add_owned(rest_.data(), std::move(joined += piece));
  }

  /// Adds the cell that was just walked over.
  void add() {
    check_reach();
    grid_.add(rest_.data());
  }

  void check_reach() const {
    if (!grid_.reaches(rest_.data())) fail(line_, "is longer than 4 GiB, close a quote or split it");
  }

  static std::size_t as_index(char c) { return static_cast<unsigned char>(c); }

  void count_lines(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i)
      line_ += text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
  }

  bool skip(std::string_view prefix) {
    if (!rest_.starts_with(prefix)) return false;
    rest_.remove_prefix(prefix.size());
    return true;
  }

  [[noreturn]] void fail(std::size_t line, std::string_view what) const {
    throw InputError(fmt::format("'{}', line {}: {}", name_, line, what));
  }

  std::string_view rest_;
  std::string_view name_;
  char separator_;
  std::array<bool, 256> is_end_ = {};  ///< what a plain cell ends at
  std::size_t line_;
  CsvGrid grid_;
};

}  // namespace

std::string separator_text(char separator) {
  if (separator == '\0') return "a separator such as ','";
  return separator == '\t' ? "a tab ('\\t')" : fmt::format("'{}'", separator);
}

CsvGrid csv_grid(std::string_view bytes, std::string_view name, char separator, std::size_t first_line) {
  bool const is_utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  if (is_utf16 || bytes.find('\0') != std::string_view::npos)
    throw InputError(fmt::format("'{}' is not UTF-8 text, save it as CSV with UTF-8 encoding", name));
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  return Parser(bytes, name, separator, first_line).grid();
}

}  // namespace fisherlab

#include "base/files/csv_reader.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "base/expects.hpp"

namespace fisherlab {
namespace {

/// Walks over the bytes once, cell by cell.
class Parser {
 public:
  Parser(std::string_view bytes, std::string_view name) : rest_(bytes), name_(name) {}

  std::vector<CsvRecord> records() {
    std::vector<CsvRecord> result;
    while (!rest_.empty()) result.push_back(record());
    auto const is_empty = [](CsvRecord const& r) { return r.cells.size() == 1 && r.cells[0].empty(); };
    while (!result.empty() && is_empty(result.back())) result.pop_back();
    return result;
  }

 private:
  CsvRecord record() {
    CsvRecord record{.line = line_, .cells = {}};
    do record.cells.push_back(!rest_.empty() && rest_.front() == '"' ? quoted_cell() : plain_cell());
    while (skip(","));
    if (!skip("\r\n") && !skip("\n")) skip("\r");
    ++line_;
    return record;
  }

  std::string plain_cell() {
    std::string_view const cell = rest_.substr(0, rest_.find_first_of(",\"\r\n"));
    rest_.remove_prefix(cell.size());
    if (!rest_.empty() && rest_.front() == '"')
      fail(line_, "has a quote inside an unquoted cell, put the whole cell in quotes and double the inner ones");
    return std::string(cell);
  }

  std::string quoted_cell() {
    std::size_t const first_line = line_;
    std::string cell;
    skip("\"");
    while (true) {
      std::size_t const end = rest_.find('"');
      if (end == std::string_view::npos) fail(first_line, "opens a quote that is never closed, close it");
      cell += rest_.substr(0, end);
      count_lines(rest_.substr(0, end));
      rest_.remove_prefix(end + 1);
      if (!skip("\"")) break;
      cell += '"';
    }
    if (!rest_.empty() && std::string_view(",\r\n").find(rest_.front()) == std::string_view::npos)
      fail(line_, "has text after a closing quote, put a comma between or double the quotes that belong to the text");
    return cell;
  }

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
  std::size_t line_ = 1;
};

}  // namespace

std::vector<CsvRecord> parse_csv(std::string_view bytes, std::string_view name) {
  bool const is_utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  if (is_utf16 || bytes.find('\0') != std::string_view::npos)
    throw InputError(fmt::format("'{}' is not UTF-8 text, save it as CSV with UTF-8 encoding", name));
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  return Parser(bytes, name).records();
}

std::string read_bytes(std::filesystem::path const& path) {
  std::error_code error;
  auto const status = std::filesystem::status(path, error);
  expects(std::filesystem::exists(status), "'" + path.string() + "' does not exist, check the path");
  expects(!std::filesystem::is_directory(status), "'" + path.string() + "' is a directory, name a file in it");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  bool const is_read = file.is_open() && !file.bad();
  expects(is_read, "'" + path.string() + "' cannot be read (" + std::generic_category().message(errno) +
                       "), check its permissions");
  return bytes;
}

}  // namespace fisherlab

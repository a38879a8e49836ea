#include "runs/data/plain_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "base/files/csv_grid.hpp"
#include "base/text/display_text.hpp"
#include "runs/data/cell.hpp"
#include "runs/data/csv_header.hpp"
#include "runs/data/line_stream.hpp"

namespace fisherlab::runs {
namespace {

/// The one separator of a header; nothing where several may be.
std::optional<char> separator_of(std::string_view header, Reading const& reading) {
  if (reading.separator) return reading.separator;
  char found = '\0';
  for (char const c : {',', ';', '\t', '|'}) {
    if (header.find(c) == std::string_view::npos) continue;
    if (found != '\0') return {};
    found = c;
  }
  return found;
}

}  // namespace

std::optional<PlainHeader> plain_header(std::string_view line, Reading const& reading) {
  if (line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
  auto const separator = separator_of(line, reading);
  std::vector<std::string_view> cells;
  if (!separator || line.starts_with('#') || line.starts_with("sep=") || line.starts_with("SEP=")) return {};
  if (!split_line(line, *separator, cells)) return {};
  if (cells.size() > 1 && trimmed(cells.back()).empty()) return {};  // lines may end with a separator
  PlainHeader header{*separator, {}, cells.size() > 1 && is_nameless(cells[0])};
  for (auto const cell : cells) header.names.push_back(printable(trimmed(cell)));
  return header;
}

std::optional<std::size_t> plain_place(std::string const& wanted, std::vector<std::string> const& names) {
  auto const word = printable(wanted);
  if (std::count(names.begin(), names.end(), word) != 1 || !parse_cell(word).is_text) return {};
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), word) - names.begin());
}

std::optional<std::vector<std::string>> certain_names(PlainHeader const& header) {
  std::vector<std::string> names(header.names.begin() + (header.has_row_names ? 1 : 0), header.names.end());
  bool const are_certain = std::ranges::all_of(names, [](auto const& name) { return is_certain_name(name); });
  bool const are_apart = std::set<std::string>(names.begin(), names.end()).size() == names.size();
  return are_certain && are_apart ? std::optional(std::move(names)) : std::nullopt;
}

bool RowCount::is_next(std::string_view cell) {
  std::size_t number = 0;
  auto const [end, problem] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  if (rows_ == 0) origin_ = number == 0 ? 0 : 1;
  return problem == std::errc() && end == cell.data() + cell.size() && number == rows_++ + origin_;
}

std::string RowCount::note() const {
  return row_names_note(std::to_string(origin_), std::to_string(rows_ - 1 + origin_));
}

std::optional<PlainFile> PlainFile::open(std::string const& path, Reading const& reading, std::int64_t least) {
  bool const is_plain = reading.decimal.value_or('.') == '.' && reading.has_header.value_or(true);
  std::error_code error;
  if (!is_plain || path == "-" || !std::filesystem::is_regular_file(path, error)) return {};
  auto const size = std::filesystem::file_size(path, error);
  if (error || size < static_cast<std::uintmax_t>(least)) return {};
  PlainFile file(path, reading);
  file.bytes_ = static_cast<double>(size);
  std::size_t lines = 0;
  bool const is_read = for_each_line(path, [&](std::string_view line) {
    if (lines++ > 0) return true;
    auto header = plain_header(line, reading);
    if (!header) return false;
    file.header_ = std::move(*header);
    return true;
  });
  if (!is_read || lines < 2) return {};
  file.rows_ = lines - 1;
  return file;
}

bool PlainFile::for_each_row(std::function<bool(std::vector<std::string_view> const& cells)> const& take) const {
  std::vector<std::string_view> cells;
  bool is_first = true;
  auto const row = [&](std::string_view line) {
    if (is_first) return !(is_first = false);
    return !trimmed(line).empty() && split_line(line, header_.separator, cells) &&
           cells.size() == header_.names.size() && take(cells);
  };
  if (!reading_.progress) return for_each_line(path_, row);
  return for_each_line(path_, row, [this](double bytes) { reading_.progress(bytes / bytes_); });
}

std::optional<std::string> PlainFile::separator_note() const {
  if (header_.separator == ',' || header_.separator == '\0' || (reading_.separator && reading_.decimal)) return {};
  return fmt::format("Cells are separated by {}, the decimal mark is '.'.", separator_text(header_.separator));
}

}  // namespace fisherlab::runs

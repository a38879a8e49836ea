#include "runs/data/decimal_column.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>

#include "base/expects.hpp"
#include "runs/data/cell.hpp"

namespace fisherlab::runs {
namespace {

/// What the lines of a text say when each is read as one number.
struct Lines {
  std::string_view first;   ///< the first line
  bool are_numbers = true;  ///< all after the first are numbers, with a decimal comma or without, or missing
  std::size_t count = 0;    ///< of lines after the first
  std::size_t commas = 0;   ///< those with a comma
  bool counts_rows = true;  ///< what stands before the comma counts the lines, from 0 or from 1
};

Lines lines_of(std::string_view text) {
  Lines lines;
  std::size_t origin = 0;
  for (bool is_first = true; !text.empty(); is_first = false) {
    auto const line = text.substr(0, text.find_first_of("\r\n"));
    text.remove_prefix(line.size());
    text.remove_prefix(text.starts_with("\r\n") ? 2 : std::min<std::size_t>(1, text.size()));
    if (is_first) {
      lines.first = trimmed(line);
      continue;
    }
    if (trimmed(line).empty()) continue;
    auto const kind = written(line);
    bool const has_comma = kind == Written::with_comma || kind == Written::with_groups;
    lines.are_numbers = lines.are_numbers && (has_comma || kind == Written::plain || is_missing(line));
    lines.commas += has_comma;
    std::size_t before = 0;
    auto const start = trimmed(line);
    bool const is_whole = std::from_chars(start.data(), start.data() + start.size(), before).ec == std::errc();
    if (lines.count == 0) origin = before == 0 ? 0 : 1;
    lines.counts_rows = lines.counts_rows && is_whole && before == lines.count + origin;
    ++lines.count;
  }
  return lines;
}

}  // namespace

bool is_decimal_column(std::string_view text, std::string_view name, Reading const& reading) {
  if (reading.decimal == '.') return false;
  auto const lines = lines_of(text);
  auto const kind = written(lines.first);
  bool const is_first_number = kind != Written::no_number && kind != Written::with_point;
  bool const first_has_comma = lines.first.find(',') != std::string_view::npos && !lines.first.starts_with('"');
  std::size_t const commas = lines.commas + (is_first_number && first_has_comma);
  if (!lines.are_numbers || commas == 0 || (first_has_comma && !is_first_number)) return false;
  if (reading.decimal == ',') return true;
  bool const all_have_one = lines.commas == lines.count;
  bool const may_be_two =
      all_have_one && (first_has_comma || (!is_first_number && lines.count > 1 && lines.counts_rows));
  if (may_be_two)
    throw InputError(
        fmt::format("'{}' may hold two columns separated by ',' or one of numbers with decimal commas, say "
                    "--sep , or --decimal ,",
                    name));
  return true;
}

}  // namespace fisherlab::runs

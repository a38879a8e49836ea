#include "runs/data/large_column.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/files/data_bytes.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::size_t block_bytes = 1 << 20;

std::string_view without_blanks(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  while (line.starts_with(' ')) line.remove_prefix(1);
  while (line.ends_with(' ')) line.remove_suffix(1);
  return line;
}

/// Gives each line to `take` for as long as that is true; false where it was not.
bool for_each_line(std::string const& path, std::function<bool(std::string_view)> const& take) {
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::vector<char> block(block_bytes);
  while (file) {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    text.append(block.data(), static_cast<std::size_t>(file.gcount()));
    std::size_t first = 0;
    for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', first)) {
      if (!take(without_blanks(std::string_view(text).substr(first, end - first)))) return false;
      first = end + 1;
    }
    text.erase(0, first);
    if (text.size() > block_bytes) return false;  // no line of one number
  }
  return text.empty() || take(without_blanks(text));
}

/// A word that no number begins and no row has: letters, digits and underscores behind a letter.
bool is_header(std::string_view line) {
  auto const is_letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
  bool const is_word = !line.empty() && is_letter(line[0]) && std::all_of(line.begin(), line.end(), [&](char c) {
    return is_letter(c) || c == '_' || std::isdigit(static_cast<unsigned char>(c)) != 0;
  });
  auto const is = [&](std::string_view word) {
    return std::equal(line.begin(), line.end(), word.begin(), word.end(),
                      [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; });
  };
  return is_word && !is("na") && !is("nan") && !is("null") && !is("inf") && !is("infinity") && !is("true") &&
         !is("false");
}

}  // namespace

std::optional<Observations> read_large_column(std::string const& path, ObservationColumns const& columns,
                                              Reading const& reading, std::int64_t least) {
  bool const asks_for_more = columns.count || columns.event || columns.lower || columns.upper;
  bool const is_plain = reading.decimal.value_or('.') == '.' && reading.has_header.value_or(true);
  std::error_code error;
  if (asks_for_more || !is_plain || path == "-" || !std::filesystem::is_regular_file(path, error)) return {};
  auto const size = std::filesystem::file_size(path, error);
  if (error || size < static_cast<std::uintmax_t>(least)) return {};
  std::size_t lines = 0;
  bool const is_read = for_each_line(path, [&](std::string_view line) {
    if (lines == 0 && (!is_header(line) || (columns.values && *columns.values != line))) return false;
    ++lines;
    return true;
  });
  if (!is_read || lines < 2) return {};
  Observations result;
  result.name = data_name(path);
  result.values.reserve(lines - 1);
  bool is_first = true;
  bool const is_column = for_each_line(path, [&](std::string_view line) {
    if (is_first) return !(is_first = false);
    double value = 0;
    auto const [end, problem] = std::from_chars(line.data(), line.data() + line.size(), value);
    if (end != line.data() + line.size() || problem != std::errc() || !std::isfinite(value)) return false;
    result.values.push_back(value);
    return true;
  });
  return is_column ? std::optional(std::move(result)) : std::nullopt;
}

}  // namespace fisherlab::runs

#include "runs/data/csv_format.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "runs/data/cell.hpp"
#include "runs/data/decimal_column.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::array<char, 4> separators = {',', ';', '\t', '|'};

/// The separators that stand outside quotes.
std::vector<char> candidates_in(std::string_view text) {
  std::array<bool, separators.size()> seen = {};
  bool is_quoted = false;
  for (char const c : text) {
    if (c == '"') is_quoted = !is_quoted;
    if (is_quoted) continue;
    for (std::size_t k = 0; k < separators.size(); ++k) seen[k] = seen[k] || c == separators[k];
  }
  std::vector<char> found;
  for (std::size_t k = 0; k < separators.size(); ++k)
    if (seen[k]) found.push_back(separators[k]);
  return found;
}

/// How well a separator explains a text: first whether all records have as many cells as the first, then how few cells
/// hold another separator.
struct Attempt {
  char separator = '\0';
  CsvGrid grid;
  int fit = 0;              ///< 2: equal records; 1: all but a header that is one cell shorter; 0: neither
  std::size_t foreign = 0;  ///< cells with another separator in them that is no decimal comma
  std::size_t split = 0;    ///< records of several cells
};

void judge(Attempt& attempt, std::vector<char> const& candidates) {
  auto const& grid = attempt.grid;
  std::size_t const wanted = grid.records() > 0 ? grid.cells(0).size() : 0;
  bool is_equal = wanted > 1;
  for (std::size_t k = 0; k < grid.records(); ++k) {
    auto const cells = grid.cells(k);
    attempt.split += cells.size() > 1;
    is_equal = is_equal && (cells.size() == wanted || is_blank(grid, k));
    for (auto const cell : cells) {
      bool const has_other = std::any_of(candidates.begin(), candidates.end(), [&](char c) {
        return c != attempt.separator && cell.find(c) != std::string_view::npos;
      });
      attempt.foreign += has_other && written(cell) == Written::no_number;
    }
  }
  attempt.fit = is_equal ? 2 : has_short_header(grid) ? 1 : 0;
}

/// The best of the attempts. @throws InputError when two are as good.
Attempt best_of(std::vector<Attempt> attempts, std::string_view name) {
  auto const is_better = [](Attempt const& a, Attempt const& b) {
    if (a.fit != b.fit) return a.fit > b.fit;
    return a.fit > 0 ? a.foreign < b.foreign : a.split > b.split;
  };
  std::stable_sort(attempts.begin(), attempts.end(), is_better);
  bool const is_tied = attempts.size() > 1 && attempts[0].fit > 0 && !is_better(attempts[0], attempts[1]);
  if (is_tied)
    throw InputError(fmt::format("'{}' may have its cells separated by {} or by {}, say which with --sep", name,
                                 separator_text(attempts[0].separator), separator_text(attempts[1].separator)));
  return std::move(attempts.front());
}

/// The text after comments and empty lines at its top.
struct Body {
  std::string_view text;
  std::size_t first_line = 1;
  std::size_t comments = 0;
  std::optional<char> separator = {};  ///< named by a first line "sep=;", as spreadsheets write it
};

/// The separator that a line "sep=;" names.
std::optional<char> separator_named_by(std::string_view line) {
  bool const is_naming = line.size() == 5 && (line.starts_with("sep=") || line.starts_with("SEP="));
  bool const is_known = is_naming && std::find(separators.begin(), separators.end(), line[4]) != separators.end();
  return is_known ? std::optional(line[4]) : std::nullopt;
}

Body body_of(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Body body{text};
  while (!body.text.empty()) {
    auto const line = body.text.substr(0, body.text.find_first_of("\r\n"));
    bool const is_comment = line.starts_with('#');
    bool const is_empty = trimmed(line).empty() && line.size() < body.text.size() && line.find('\t') == line.npos;
    auto const named = separator_named_by(line);
    if (!is_comment && !is_empty && !named) break;
    if (named) body.separator = named;
    body.comments += is_comment;
    body.text.remove_prefix(line.size());
    body.text.remove_prefix(body.text.starts_with("\r\n") ? 2 : std::min<std::size_t>(1, body.text.size()));
    ++body.first_line;
  }
  return body;
}

/// The separators worth trying.
std::vector<char> tried(Body const& body, std::string_view name, Reading const& reading) {
  if (reading.separator) return {*reading.separator};
  if (body.separator) return {*body.separator};
  auto candidates = candidates_in(body.text);
  bool const only_comma = candidates == std::vector<char>{','};
  if (only_comma && is_decimal_column(body.text, name, reading)) return {};
  bool const is_comma_decimal = reading.decimal == ',' && !only_comma;
  if (is_comma_decimal) std::erase(candidates, ',');
  return candidates;
}

/// Whether every line after the first is a number as it stands, as where a tab is there for looks alone.
bool are_numbers(Body const& body) {
  auto text = body.text.substr(std::min(body.text.find_first_of("\r\n"), body.text.size()));
  while (!text.empty()) {
    auto const line = text.substr(0, text.find_first_of("\r\n"));
    if (!trimmed(line).empty() && parse_cell(line).is_text) return false;
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return true;
}

Attempt attempt_of(Body const& body, std::string_view name, Reading const& reading) {
  auto const candidates = tried(body, name, reading);
  if (candidates.empty()) return {'\0', csv_grid(body.text, name, '\0', body.first_line)};
  std::vector<Attempt> attempts;
  std::optional<InputError> refused;
  for (char const separator : candidates) {
    try {
      attempts.push_back({separator, csv_grid(body.text, name, separator, body.first_line)});
      judge(attempts.back(), candidates);
    } catch (InputError const& error) {
      if (!refused) refused = error;
    }
  }
  if (attempts.empty()) throw *refused;
  auto best = best_of(std::move(attempts), name);
  bool const is_unsplit = best.fit == 0 && !reading.separator && are_numbers(body);
  return is_unsplit ? Attempt{'\0', csv_grid(body.text, name, '\0', body.first_line)} : std::move(best);
}

/// The decimal mark that the cells show. @throws InputError when commas may stand between thousands.
char decimal_of(CsvGrid const& grid, std::string_view name) {
  std::size_t points = 0, commas = 0;
  std::optional<std::pair<std::size_t, std::string_view>> group;
  for (std::size_t k = 0; k < grid.records(); ++k)
    for (auto const cell : grid.cells(k)) {
      auto const kind = written(cell);
      points += kind == Written::with_point;
      commas += kind == Written::with_comma;
      if (kind == Written::with_groups && !group) group = {grid.line(k), cell};
    }
  if (points > 0 || (commas == 0 && !group)) return '.';
  if (commas == 0)
    throw InputError(
        fmt::format("'{}', line {}: the comma in '{}' may be a decimal one or stand between thousands, give "
                    "--decimal , or take such commas out",
                    name, group->first, shown(group->second)));
  return ',';
}

}  // namespace

bool has_short_header(CsvGrid const& grid) {
  if (grid.records() < 3) return false;
  std::size_t const wanted = grid.cells(0).size() + 1;
  bool ends_empty = true;
  for (std::size_t k = 1; k < grid.records(); ++k) {
    if (is_blank(grid, k)) continue;
    auto const cells = grid.cells(k);
    if (cells.size() != wanted) return false;
    ends_empty = ends_empty && trimmed(cells.back()).empty();
  }
  auto const names = row_names_in(grid, 0, 1);
  return ends_empty || names == RowNames::counted || names == RowNames::words;
}

RowNames row_names_in(CsvGrid const& grid, std::size_t column, std::size_t first) {
  std::unordered_set<std::string_view> seen;
  double row = 0, origin = 0;
  bool is_counted = true, is_text = true, is_whole = true;
  for (std::size_t k = first; k < grid.records(); ++k) {
    if (is_blank(grid, k)) continue;
    auto const cell = parse_cell(grid.cells(k)[column]);
    if (row == 0) origin = cell.value == 0 ? 0 : 1;
    is_counted = is_counted && cell.problem.empty() && cell.value == row + origin;
    is_text = is_text && cell.is_text;
    is_whole = is_whole && cell.problem.empty() && cell.value == std::floor(cell.value) && cell.value >= 0;
    if (!is_counted && !((is_text || is_whole) && seen.insert(grid.cells(k)[column]).second)) return RowNames::none;
    if (is_counted) seen.insert(grid.cells(k)[column]);
    row += 1;
  }
  if (row == 0) return RowNames::none;
  return is_counted ? RowNames::counted : is_text ? RowNames::words : RowNames::numbers;
}

FormattedCsv format_csv(std::string_view text, std::string_view name, Reading const& reading) {
  auto const body = body_of(text);
  auto attempt = attempt_of(body, name, reading);
  FormattedCsv result{std::move(attempt.grid), attempt.separator, '.', body.comments};
  result.decimal = reading.decimal ? *reading.decimal : decimal_of(result.grid, name);
  return result;
}

}  // namespace fisherlab::runs

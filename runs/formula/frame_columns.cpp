#include "runs/formula/frame_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "base/text/number.hpp"

namespace fisherlab::runs {
namespace {

/// Levels in order; numbers by value, where all are.
std::vector<std::string> levels_of(FrameTable const& table, std::vector<std::string> levels) {
  std::ranges::sort(levels);
  auto const is_number = [](std::string const& w) { return parse_cell(w).problem.empty() && !parse_cell(w).is_truth; };
  if (!std::all_of(levels.begin(), levels.end(), is_number)) return levels;
  auto const value = [](std::string const& w) { return parse_cell(w).value; };
  std::stable_sort(levels.begin(), levels.end(), [&](auto const& a, auto const& b) { return value(a) < value(b); });
  for (std::size_t k = 1; k < levels.size(); ++k)
    if (value(levels[k - 1]) == value(levels[k]))
      table.fail(fmt::format("has '{}' and '{}' for the same level, write it in one way", shown(levels[k - 1]),
                             shown(levels[k])));
  return levels;
}

CodedVariable factor(FrameTable& table, Variable const& variable, CodedVariable const* like) {
  auto const& found = table.words(variable.expression.column);
  CodedVariable result{variable.text, like != nullptr ? like->levels : levels_of(table, found.words), {}};
  if (result.levels.size() < 2)
    table.fail(
        fmt::format("has one value alone, '{}', in column '{}' (a factor needs two levels), leave it out of the "
                    "formula",
                    shown(found.at(0)), shown(variable.expression.name)));
  std::map<std::string, double> place;
  for (std::size_t k = 0; k < result.levels.size(); ++k) place[result.levels[k]] = static_cast<double>(k);
  std::vector<double> codes;  // of the words, -1 for no level
  for (auto const& word : found.words) codes.push_back(place.contains(word) ? place[word] : -1);
  result.values.reserve(table.rows());
  for (std::size_t i = 0; i < table.rows(); ++i) {
    result.values.push_back(codes[found.of_row[i]]);
    if (result.values.back() < 0)
      table.fail_at(i, fmt::format("the training data have no '{}' in column '{}', {}", shown(found.at(i)),
                                   shown(variable.expression.name), suggestion(found.at(i), result.levels)));
  }
  return result;
}

}  // namespace

std::vector<double> values_of(FrameTable& table, Expression const& expression) {
  if (expression.kind == Expression::Kind::column) return table.numbers(expression.column);
  auto const columns = expression.columns();
  std::map<std::size_t, std::vector<double> const*> read;
  for (auto const c : columns) read[c] = &table.numbers(c);
  std::vector<double> result;
  result.reserve(table.rows());
  for (std::size_t i = 0; i < table.rows(); ++i) {
    double const value = value_of(expression, [&](std::size_t place) { return (*read[place])[i]; });
    if (!std::isfinite(value)) {
      auto const at = columns.empty() ? std::string()
                                      : fmt::format(" at {} = {}", shown(table.names()[columns[0]]),
                                                    exact_text((*read[columns[0]])[i]));
      table.fail_at(
          i, fmt::format("{} is not finite{}, correct the data or the formula", clipped(expression.text(), 60), at));
    }
    result.push_back(value);
  }
  return result;
}

CodedVariable coded(FrameTable& table, Variable const& variable, CodedVariable const* like, bool is_last) {
  bool const was_factor = like != nullptr && like->is_factor();
  bool const is_factor = variable.is_factor || was_factor ||
                         (like == nullptr && variable.is_column() && table.is_of_words(variable.expression.column));
  if (is_factor) return factor(table, variable, like);
  if (is_last && variable.is_column()) return {variable.text, {}, table.take_numbers(variable.expression.column)};
  return {variable.text, {}, values_of(table, variable.expression)};
}

}  // namespace fisherlab::runs

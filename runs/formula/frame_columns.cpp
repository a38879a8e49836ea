#include "runs/formula/frame_columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "base/text/number.hpp"

namespace fisherlab::runs {
namespace {

/// Levels in order; numbers by value, where all are.
std::vector<std::string> levels_of(CsvTable const& table, std::vector<std::string> const& words) {
  std::set<std::string> const all(words.begin(), words.end());
  std::vector<std::string> levels(all.begin(), all.end());
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

CodedVariable factor(CsvTable const& table, Variable const& variable, CodedVariable const* like) {
  auto const words = words_in(table, variable.expression.column);
  CodedVariable result{variable.text, like != nullptr ? like->levels : levels_of(table, words), {}};
  if (result.levels.size() < 2)
    table.fail(
        fmt::format("has one value alone, '{}', in column '{}' (a factor needs two levels), leave it out of the "
                    "formula",
                    shown(words.front()), shown(variable.expression.name)));
  std::map<std::string, double> place;
  for (std::size_t k = 0; k < result.levels.size(); ++k) place[result.levels[k]] = static_cast<double>(k);
  for (std::size_t i = 0; i < words.size(); ++i) {
    auto const found = place.find(words[i]);
    if (found == place.end())
      table.fail_at(table.line(i), fmt::format("the training data have no '{}' in column '{}', {}", shown(words[i]),
                                               shown(variable.expression.name), suggestion(words[i], result.levels)));
    result.values.push_back(found->second);
  }
  return result;
}

}  // namespace

std::vector<double> const& NumericColumns::column(std::size_t place) {
  auto& values = read_[place];
  if (!values.empty()) return values;
  for (std::size_t i = 0; i < table_.rows(); ++i) {
    auto const cell = table_.cell(i, place);
    if (!cell.problem.empty())
      table_.fail_at(table_.line(i), fmt::format("column '{}': {}", shown(table_.names()[place]), cell.problem));
    has_truths_ = has_truths_ || cell.is_truth;
    values.push_back(cell.value);
  }
  return values;
}

std::vector<double> NumericColumns::of(Expression const& expression) {
  for (auto const c : expression.columns()) column(c);
  std::vector<double> result;
  result.reserve(table_.rows());
  for (std::size_t i = 0; i < table_.rows(); ++i) {
    double const value = value_of(expression, [&](std::size_t place) { return read_[place][i]; });
    if (!std::isfinite(value)) {
      auto const columns = expression.columns();
      auto const at = columns.empty() ? std::string()
                                      : fmt::format(" at {} = {}", shown(table_.names()[columns[0]]),
                                                    exact_text(read_[columns[0]][i]));
      table_.fail_at(table_.line(i), fmt::format("{} is not finite{}, correct the data or the formula",
                                                 clipped(expression.text(), 60), at));
    }
    result.push_back(value);
  }
  return result;
}

std::vector<std::string> words_in(CsvTable const& table, std::size_t place) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < table.rows(); ++i) words.push_back(printable(trimmed(table.text(i, place))));
  return words;
}

bool is_of_words(CsvTable const& table, std::size_t place) {
  std::size_t words = 0, truths = 0, first_word = 0;
  for (std::size_t i = 0; i < table.rows(); ++i) {
    auto const cell = table.cell(i, place);
    if (cell.is_text && words++ == 0) first_word = i;
    truths += cell.is_truth;
  }
  if (words == 0) return truths == table.rows();
  if (words == table.rows()) return true;
  auto const name = shown(table.names()[place]);
  table.fail_at(
      table.line(first_word),
      fmt::format("column '{}' holds '{}' where other rows have numbers, correct it or write factor({}) in the "
                  "formula",
                  name, shown(trimmed(table.text(first_word, place))), name));
}

CodedVariable coded(CsvTable const& table, Variable const& variable, NumericColumns& numbers,
                    CodedVariable const* like) {
  bool const was_factor = like != nullptr && like->is_factor();
  bool const is_factor = variable.is_factor || was_factor ||
                         (like == nullptr && variable.is_column() && is_of_words(table, variable.expression.column));
  if (is_factor) return factor(table, variable, like);
  return {variable.text, {}, numbers.of(variable.expression)};
}

}  // namespace fisherlab::runs

#include "runs/formula/frame_table.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"

namespace fisherlab::runs {

void FrameTable::fail(std::string const& what) const { throw InputError(fmt::format("'{}' {}", name(), what)); }
void FrameTable::fail_at(std::size_t row, std::string const& what) const {
  throw InputError(fmt::format("'{}', line {}: {}", name(), line(row), what));
}

std::vector<double> const& WholeTable::numbers(std::size_t place) {
  auto const [found, is_new] = numbers_.try_emplace(place);
  auto& values = found->second;
  if (!is_new) return values;
  values.reserve(rows());
  for (std::size_t i = 0; i < rows(); ++i) {
    auto const cell = table_.cell(i, place);
    if (!cell.problem.empty()) fail_at(i, fmt::format("column '{}': {}", shown(names()[place]), cell.problem));
    has_truths_ = has_truths_ || cell.is_truth;
    values.push_back(cell.value);
  }
  return values;
}

std::vector<double> WholeTable::take_numbers(std::size_t place) {
  numbers(place);
  return std::move(numbers_.extract(place).mapped());
}

ColumnWords const& WholeTable::words(std::size_t place) {
  auto const [found, is_new] = words_.try_emplace(place, rows());
  for (std::size_t i = 0; is_new && i < rows(); ++i) found->second.add(printable(trimmed(table_.text(i, place))));
  return found->second.found();
}

bool WholeTable::is_of_words(std::size_t place) {
  std::size_t words = 0, truths = 0, first_word = 0;
  for (std::size_t i = 0; i < rows(); ++i) {
    auto const cell = table_.cell(i, place);
    if (cell.is_text && words++ == 0) first_word = i;
    truths += cell.is_truth;
  }
  if (words == 0) return truths == rows();
  if (words == rows()) return true;
  auto const column = shown(names()[place]);
  fail_at(first_word,
          fmt::format("column '{}' holds '{}' where other rows have numbers, correct it or write factor({}) in the "
                      "formula",
                      column, shown(trimmed(table_.text(first_word, place))), column));
}

}  // namespace fisherlab::runs

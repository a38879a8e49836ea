#include "base/text/text_table.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

#include "base/expects.hpp"

namespace fisherlab {
namespace {

constexpr int gap = 2;
constexpr int least_width = 8;

}  // namespace

TextTable::TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

void TextTable::add_row(std::vector<std::string> cells) {
  expects(cells.size() == columns_.size(), "a row has " + std::to_string(cells.size()) + " cells for " +
                                               std::to_string(columns_.size()) + " columns, give one for each");
  for (std::string& cell : cells) cell = printable(cell);
  rows_.push_back(std::move(cells));
}

std::vector<int> TextTable::widths(int width) const {
  std::vector<int> result;
  for (std::size_t j = 0; j < columns_.size(); ++j) {
    int widest = display_width(columns_[j].title);
    for (auto const& row : rows_) widest = std::max(widest, display_width(row[j]));
    result.push_back(widest);
  }
  if (width <= 0) return result;
  int excess = std::accumulate(result.begin(), result.end(), gap * (static_cast<int>(columns_.size()) - 1)) - width;
  for (; excess > 0; --excess) {
    std::size_t widest = columns_.size();
    for (std::size_t j = 0; j < columns_.size(); ++j) {
      bool const may_shrink = columns_[j].align == Align::left && result[j] > least_width;
      if (may_shrink && (widest == columns_.size() || result[j] > result[widest])) widest = j;
    }
    if (widest == columns_.size()) break;
    --result[widest];
  }
  return result;
}

std::string TextTable::text(int width) const {
  std::vector<int> const widths = this->widths(width);
  std::string text;
  auto const append_row = [&](auto const& cell_of) {
    std::string line;
    for (std::size_t j = 0; j < columns_.size(); ++j)
      line += padded(clipped(cell_of(j), widths[j]), widths[j], columns_[j].align) + std::string(gap, ' ');
    line.erase(line.find_last_not_of(' ') + 1);
    (text += line) += '\n';
  };
  append_row([&](std::size_t j) { return columns_[j].title; });
  append_row([&](std::size_t j) { return std::string(static_cast<std::size_t>(widths[j]), '-'); });
  for (auto const& row : rows_) {
    std::vector<std::vector<std::string>> lines;  // of each column
    std::size_t height = 1;
    for (std::size_t j = 0; j < columns_.size(); ++j) {
      bool const is_wrapped = columns_[j].wraps && display_width(row[j]) > widths[j];
      lines.push_back(is_wrapped ? wrapped(row[j], widths[j]) : std::vector{row[j]});
      height = std::max(height, lines.back().size());
    }
    for (std::size_t k = 0; k < height; ++k)
      append_row([&](std::size_t j) { return k < lines[j].size() ? lines[j][k] : std::string(); });
  }
  return text;
}

}  // namespace fisherlab

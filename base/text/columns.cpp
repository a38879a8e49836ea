#include "base/text/columns.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "base/text/display_text.hpp"

namespace fisherlab {
namespace {

constexpr int least_width = 20;

/// `lead`, then `text` wrapped to `width` with later lines indented by as much as `lead` takes.
std::string hanging(std::string const& lead, std::string const& text, int width) {
  int const indent = display_width(lead);
  std::string result;
  for (auto const& line : wrapped(text, std::max(width - indent, least_width)))
    result += (result.empty() ? lead : std::string(static_cast<std::size_t>(indent), ' ')) + line + '\n';
  return result;
}

}  // namespace

std::string hanging_columns(std::vector<std::string> const& header, std::vector<std::vector<std::string>> const& rows,
                            int width) {
  constexpr int gap = 2;
  auto const last = header.size() - 1;
  std::vector<int> widths;
  for (std::size_t j = 0; j <= last; ++j) {
    widths.push_back(display_width(header[j]));
    for (auto const& row : rows) widths[j] = std::max(widths[j], display_width(row[j]));
  }
  int const wanted = std::min(widths[last], 2 * width / 5);
  int const room = width - gap * static_cast<int>(last) - std::accumulate(widths.begin(), widths.end() - 1, 0);
  if (room < wanted && last > 1) {
    int& widest = *std::max_element(widths.begin() + 1, widths.end() - 1);
    widest = std::max(std::min(least_width, widest), widest - (wanted - room));
  }
  int const used = gap * static_cast<int>(last) + std::accumulate(widths.begin(), widths.end() - 1, 0);
  widths[last] = std::max(width - used, least_width);
  auto const block = [&](std::vector<std::string> const& cells) {
    std::vector<std::vector<std::string>> lines;
    std::size_t height = 1;
    for (std::size_t j = 0; j <= last; ++j) {
      lines.push_back(wrapped(cells[j], widths[j]));
      height = std::max(height, lines[j].size());
    }
    std::string text;
    for (std::size_t i = 0; i < height; ++i) {
      std::string line;
      for (std::size_t j = 0; j <= last; ++j)
        line += padded(i < lines[j].size() ? lines[j][i] : "", widths[j], Align::left) + std::string(gap, ' ');
      text += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    }
    return text;
  };
  std::vector<std::string> rule;
  for (std::size_t j = 0; j <= last; ++j)
    rule.emplace_back(static_cast<std::size_t>(j < last ? widths[j] : display_width(header[j])), '-');
  std::string text = block(header) + block(rule);
  for (auto const& row : rows) text += block(row);
  return text;
}

std::string card_text(std::string const& heading, std::vector<Paragraph> const& paragraphs, int width) {
  constexpr int label_width = 14;
  int const readable = std::min(width, 100);
  std::string text = hanging("", heading, readable) + '\n';
  for (auto const& [label, paragraph] : paragraphs)
    if (!paragraph.empty())
      text += hanging(label.empty() ? "" : padded(label, label_width, Align::left), paragraph, readable) +
              (label.empty() ? "\n" : "");
  return text;
}

}  // namespace fisherlab

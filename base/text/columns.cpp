#include "base/text/columns.hpp"

#include <algorithm>
#include <cstddef>

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
  constexpr std::size_t gap = 2;
  auto const last = header.size() - 1;
  std::vector<int> widths;
  for (std::size_t j = 0; j < last; ++j) {
    widths.push_back(display_width(header[j]));
    for (auto const& row : rows) widths[j] = std::max(widths[j], display_width(row[j]));
  }
  auto const line = [&](std::vector<std::string> const& cells) {
    std::string lead;
    for (std::size_t j = 0; j < last; ++j) lead += padded(cells[j], widths[j], Align::left) + std::string(gap, ' ');
    return hanging(lead, cells[last], width);
  };
  std::vector<std::string> rule;
  for (std::size_t j = 0; j <= last; ++j)
    rule.emplace_back(static_cast<std::size_t>(j < last ? widths[j] : display_width(header[j])), '-');
  std::string text = line(header) + line(rule);
  for (auto const& row : rows) text += line(row);
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

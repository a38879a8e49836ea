#pragma once

#include <string>
#include <vector>

namespace fisherlab {

/// Rows of text under a header: the last column is wrapped to what is left of `width`. Where that is less than two
/// fifths of it, the widest of those between first and last is wrapped too.
std::string hanging_columns(std::vector<std::string> const& header, std::vector<std::vector<std::string>> const& rows,
                            int width);

/// A heading, then labelled paragraphs, wrapped with a hanging indent; those without text are left out.
struct Paragraph {
  std::string label;
  std::string text;
};
std::string card_text(std::string const& heading, std::vector<Paragraph> const& paragraphs, int width);

}  // namespace fisherlab

#pragma once

#include <sstream>
#include <string>

namespace fisherlab::test {

/// The lines of a text that do not hold the word.
inline std::string rows_without(std::string const& word, std::string const& text) {
  std::string rows;
  std::istringstream lines(text);
  for (std::string row; std::getline(lines, row);)
    if (row.find(word) == std::string::npos) rows += row + '\n';
  return rows;
}

}  // namespace fisherlab::test

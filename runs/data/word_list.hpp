#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fisherlab::runs {

/// The words of a column: each once, in the order in which they come, and which of them a row has.
struct ColumnWords {
  std::vector<std::string> words;
  std::vector<std::uint32_t> of_row;

  std::string const& at(std::size_t row) const { return words[of_row[row]]; }
};

/// Takes words up, each once.
class WordList {
 public:
  explicit WordList(std::size_t rows = 0) { found_.of_row.reserve(rows); }
  /// Adds the word of the next row; true where it is new.
  bool add(std::string_view word);
  ColumnWords const& found() const { return found_; }

 private:
  ColumnWords found_;
  std::map<std::string, std::uint32_t, std::less<>> places_;
};

}  // namespace fisherlab::runs

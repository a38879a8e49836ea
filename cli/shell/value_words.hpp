#pragma once

#include <string>
#include <utility>
#include <vector>

namespace fisherlab::cli {

/// What the shell may complete a value to.
struct ValueNames {
  enum class Paths { none, files, folders, studies };

  std::vector<std::string> names{};
  Paths paths = Paths::none;
};

/// "FORMAT" of "FORMAT,...", a list separated by commas; other words as they are.
std::string base_word(std::string const& word);

/// The words of `--help` for values, as MODEL or DIR, that can be completed; others, such as N, cannot. The names are
/// those of the catalogues.
std::vector<std::pair<std::string, ValueNames>> value_words();

}  // namespace fisherlab::cli

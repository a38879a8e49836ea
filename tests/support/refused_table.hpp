#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace fisherlab::test {

/// A command line that is refused: a line `WORDS => TEXT` of a file in tests/data/refused/.
struct RefusedLine {
  int line = 0;                    ///< in the file
  std::vector<std::string> words;  ///< of the command line
  std::string said;                ///< what the sentence must hold
};

/// Reads such a file, and writes the files that its lines hold between << and >> into a folder. `@x` becomes the path
/// of x in `made`; `NAME = TEXT` lines are texts for `$NAME`.
std::vector<RefusedLine> refused_lines(std::filesystem::path const& file, std::filesystem::path const& folder,
                                       std::filesystem::path const& made);

}  // namespace fisherlab::test

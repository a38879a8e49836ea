#pragma once

#include <functional>
#include <optional>
#include <string>

namespace fisherlab::runs {

/// How to read a CSV file; what is not given is recognised, or asked for where that is not certain.
struct Reading {
  std::optional<char> separator = {};               ///< of cells: ',', ';', '|' or a tab
  std::optional<char> decimal = {};                 ///< of numbers: '.' or ','
  std::optional<bool> has_header = {};              ///< whether the first line names the columns
  bool skips_missing = false;                       ///< leave rows with missing values out; else they are refused
  std::function<void(double share)> progress = {};  ///< told how much of a large file was read; may be empty
};

/// The words that stand for a Reading on the command line.
struct ReadingWords {
  std::optional<std::string> separator = {};  ///< , ; | tab comma semicolon pipe
  std::optional<std::string> decimal = {};    ///< . , point comma
  std::optional<std::string> header = {};     ///< yes or no
  std::optional<std::string> missing = {};    ///< refuse or skip
};

/// @throws InputError for a word that is not among them.
Reading parse_reading(ReadingWords const& words);

}  // namespace fisherlab::runs

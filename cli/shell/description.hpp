#pragma once

#include <string>
#include <vector>

namespace fisherlab::cli {

/// An option or an argument by place, as `--help` shows it.
struct ArgumentText {
  std::string name{};        ///< "--out"; "STUDY" for an argument by place
  std::string word{};        ///< of its value, as "DIR" or "FORMAT,..."; empty for a flag; the name for one by place
  std::string unless_set{};  ///< its value then; empty where `meaning` tells or there is none
  std::string meaning{};
  bool is_needed = false;

  /// "--out DIR", "--quiet", "STUDY".
  std::string label() const { return word.empty() || word == name ? name : name + " " + word; }
};

struct SubcommandText {
  std::string name{};
  std::string meaning{};
  std::vector<ArgumentText> places{};   ///< arguments by place, in order
  std::vector<ArgumentText> options{};  ///< without --help
  std::string footer{};                 ///< exit codes, then examples: lines that start with two spaces

  /// "fisherlab report [OPTIONS] DIR".
  std::string usage() const;
};

/// The program's command line in words: what the manual page, the completion and the test of the guide are made from.
struct ProgramText {
  std::string meaning{};
  std::string version{};  ///< "0.1.0"
  std::vector<SubcommandText> subcommands{};
};

ProgramText program_text();

}  // namespace fisherlab::cli

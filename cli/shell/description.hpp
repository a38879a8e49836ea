#pragma once

#include <string>
#include <vector>

#include "cli/command_line/arguments.hpp"

namespace fisherlab::cli {

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

ProgramText program_text(claims::Catalogue const& catalogue = claims::shipped());

}  // namespace fisherlab::cli

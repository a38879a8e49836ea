#pragma once

#include <functional>
#include <string>
#include <vector>

#include "claims/shipped.hpp"

namespace fisherlab::cli {

/// What stands for a value in `--help`, and what a shell may complete it to.
struct Value {
  enum class Paths { none, files, folders, studies };

  std::string word{};                                 ///< "MODEL", "N"
  std::function<std::vector<std::string>()> names{};  ///< that may stand there; empty where anything may
  Paths paths = Paths::none;
};

/// Values that several subcommands take. The names are those of the catalogue.
namespace values {

/// A number, a header, a pair: nothing completes it.
Value plain(std::string word);
Value one_of(std::string word, std::vector<std::string> names);
Value file(std::string word);
Value folder(std::string word);
Value model(claims::Catalogue const& catalogue);
Value claim(claims::Catalogue const& catalogue);
Value estimator(claims::Catalogue const& catalogue);
Value study();  ///< a shipped one or the path of a TOML file

/// Several of a kind, separated by commas: "ESTIMATOR,...".
Value list_of(Value value);

}  // namespace values

/// "FORMAT" of "FORMAT,...", a list separated by commas; other words as they are.
std::string base_word(std::string const& word);

}  // namespace fisherlab::cli

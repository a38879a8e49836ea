#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace fisherlab::runs {

/// A word of a formula.
struct Token {
  enum class Kind { name, number, mark, end };
  Kind kind = Kind::end;
  std::string text = {};  ///< a name without its backquotes
  double number = 0;
  std::size_t place = 0;   ///< of its first character, from 0
  bool is_quoted = false;  ///< in backquotes

  bool is(char const* mark) const { return kind == Kind::mark && text == mark; }
};

/// @throws InputError for a mark that no formula has, and a backquote that is not closed.
std::vector<Token> tokens_of(std::string const& formula);

/// @throws InputError: "the formula 'y ~ x1 + + x2' has '+' at character 10, where a column belongs, correct it".
[[noreturn]] void refuse_at(std::string const& formula, std::size_t place, std::string const& what);

}  // namespace fisherlab::runs

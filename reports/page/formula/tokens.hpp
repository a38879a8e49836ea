#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fisherlab::reports {

/// The smallest pieces of a formula.
enum class TokenKind {
  word,   ///< letters: "theta", "E", "for"
  count,  ///< digits with a point
  open,   ///< a bracket that opens
  close,  ///< one that closes
  bar,    ///< |
  mark,   ///< everything else: an operator, a sign, a prime
};

struct Token {
  TokenKind kind = TokenKind::mark;
  std::string text;           ///< as written; of brackets the character that is shown
  std::size_t from = 0;       ///< where it begins in the formula
  bool after_space = false;   ///< a space stands before it
  bool before_space = false;  ///< a space stands behind it, or nothing
};

/// The tokens of a formula from left to right.
std::vector<Token> formula_tokens(std::string_view formula);

}  // namespace fisherlab::reports

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fisherlab::sim {

/// The text of an expression, and how it is called in messages.
struct ExpressionText {
  std::string const& text;
  std::string const& what;

  /// @throws InputError "log_density has the unknown name 'shpe', did you mean 'shape'?" with a picture of the place.
  [[noreturn]] void refuse(std::size_t place, std::string const& trouble) const;
};

/// A word of an expression.
struct ExpressionToken {
  enum class Kind { name, number, mark, end };
  Kind kind = Kind::end;
  std::string text = {};
  double number = 0;
  std::size_t place = 0;  ///< of its first character, from 0

  bool is_end() const { return kind == Kind::end; }
  bool is_name() const { return kind == Kind::name; }
  bool is_number() const { return kind == Kind::number; }
  bool is_mark() const { return kind == Kind::mark; }
  /// A mark, or the words `and` and `or`.
  bool is(std::string_view word) const { return (is_mark() || is_name()) && text == word; }
};

/// All words, then the end. @throws InputError at a character that no expression has.
std::vector<ExpressionToken> tokens_of(ExpressionText const& text);

}  // namespace fisherlab::sim

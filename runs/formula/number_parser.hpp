#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "runs/formula/expression.hpp"
#include "runs/formula/tokens.hpp"

namespace fisherlab::runs {

/// Where the reading of a formula is, and the part of it that reads numeric expressions.
class NumberParser {
 public:
  NumberParser(std::string const& text, std::vector<std::string> const& columns)
      : text_(text), columns_(columns), tokens_(tokens_of(text)) {}

  Token const& next() const { return tokens_[at_]; }
  Token const& after_next() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }
  Token const& take() { return tokens_[next().kind == Token::Kind::end ? at_ : at_++]; }
  bool take_if(char const* mark);
  void expect(char const* mark);
  [[noreturn]] void refuse(std::string const& what) const { refuse_at(text_, next().place, what); }
  std::string next_text() const;

  /// A sum of products of powers, as within log().
  Expression number();
  /// A column by its name, which was taken.
  Expression column(Token const& name) const;
  /// "log(...)", "sqrt(...)", "exp(...)", "I(...)": the next token is such a name and a bracket follows.
  bool is_function() const;
  Expression function();

 private:
  Expression product();
  Expression signed_power();
  Expression power();
  Expression atom();

  std::string text_;
  std::vector<std::string> const& columns_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

}  // namespace fisherlab::runs

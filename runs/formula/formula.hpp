#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "runs/formula/expression.hpp"

namespace fisherlab::runs {

/// What stands in a formula where R has a variable.
struct Variable {
  Expression expression;   ///< a column alone, or a function of columns
  bool is_factor = false;  ///< written as factor(column); a column of words is one too, which the data tell
  std::string text = {};   ///< "x", "log(x)", "factor(dose)"

  bool is_column() const { return expression.kind == Expression::Kind::column; }
};

/// The product of some variables, by their places in order.
using Term = std::vector<std::size_t>;

/// A formula as "breaks ~ wool * tension + offset(log(length))".
struct Formula {
  std::string text;
  Expression response;
  std::vector<Variable> variables;
  std::vector<Term> terms;  ///< without the intercept; main effects first, then interactions of two, of three
  bool has_intercept = true;
  std::vector<Expression> offsets;
  std::vector<std::string> notes = {};  ///< on what may be meant otherwise, in sentences

  /// "wool:tension"
  std::string term_text(Term const& term) const;
};

/// Reads a formula, as R has it:
///   response ~ sum;  sum: pieces with + and -;  a*b = a + b + a:b;  (a + b)^2;  0, 1, -1 for the intercept;
///   . for every column but those of the response and `left_out`;  offset(numbers);
///   variables: a column, `a column` with other marks, factor(column), log(), sqrt(), exp() of numbers, I(numbers).
/// Numbers: columns, constants, + - * / ^ and these functions.
/// `columns`: names of the table's.
/// @throws InputError that names the place in the formula.
Formula parse_formula(std::string const& text, std::vector<std::string> const& columns,
                      std::vector<std::size_t> const& left_out = {});

}  // namespace fisherlab::runs

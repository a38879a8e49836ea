#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace fisherlab::runs {

/// A numeric expression over the columns of a table, as "log(dose + 1)".
struct Expression {
  /// What is done to the parts.
  enum class Kind { number, column, negate, add, subtract, multiply, divide, power, log, sqrt, exp, identity };

  Kind kind = Kind::number;
  double number = 0;       ///< of a number
  std::size_t column = 0;  ///< place of a column
  std::string name = {};   ///< of that column
  std::vector<Expression> parts = {};

  /// As R writes it: "log(dose + 1)", "I(x^2)".
  std::string text() const;
  /// Places of the columns it looks at.
  std::vector<std::size_t> columns() const;
};

/// Its value, given those of columns; not finite where a logarithm, a root or a quotient does not exist.
double value_of(Expression const& expression, std::function<double(std::size_t)> const& column);

}  // namespace fisherlab::runs

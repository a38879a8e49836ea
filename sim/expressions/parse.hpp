#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/api.hpp"
#include "base/expects.hpp"
#include "sim/expressions/graph.hpp"

namespace fisherlab::sim {

/// What is wrong with an expression: one sentence, then the text and a caret under the place, each on a line of its own
/// that begins with two spaces.
class FISHERLAB_API ExpressionError : public InputError {
 public:
  /// `key`: how the expression is called, as "log_density".
  ExpressionError(std::string key, std::string const& text) : InputError(key + " " + text), key_(std::move(key)) {}
  std::string const& key() const { return key_; }

 private:
  std::string key_;
};

/// What an expression may name besides its functions: variables and known numbers.
using ExpressionNames = std::map<std::string, NodeId>;

/// The expression that a text writes: + - * / ^, numbers, names, pi, the functions of `expression_functions`, and
/// if(condition, a, b) with conditions of < <= > >= == != joined by `and` and `or`. `what`: the text in messages, as
/// "log_density".
/// @throws ExpressionError
FISHERLAB_API NodeId parse_expression(ExpressionGraph& graph, std::string const& text, std::string const& what,
                                      ExpressionNames const& names);

/// The number that a text writes with known ones, as "log(2*pi)/2".
/// @throws ExpressionError
FISHERLAB_API double known_number(std::string const& text, std::string const& what,
                                  std::map<std::string, double> const& known);

/// The names of the functions that expressions may use.
FISHERLAB_API std::vector<std::string> expression_functions();

/// Whether a parameter or a known number may be called so: a letter, then letters, digits and underscores, and no word
/// of expressions.
FISHERLAB_API bool is_free_name(std::string const& name);

}  // namespace fisherlab::sim

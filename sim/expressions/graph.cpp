#include "sim/expressions/graph.hpp"

#include <bit>
#include <cmath>
#include <utility>

#include "base/expects.hpp"

namespace fisherlab::sim {
namespace {

/// Graphs above it take seconds and memory that no study has.
constexpr std::size_t most_nodes = 200'000;

}  // namespace

NodeId ExpressionGraph::node(ExpressionNode made) {
  auto const bits = std::bit_cast<std::uint64_t>(
      made.operation == Operation::variable ? static_cast<double>(made.variable) : made.number);
  auto const [place, is_new] =
      known_.try_emplace({made.operation, made.parts, bits}, static_cast<NodeId>(nodes_.size()));
  if (!is_new) return place->second;
  expects(nodes_.size() < most_nodes, "the expression has too many parts with its derivatives, simplify it");
  for (auto const part : made.parts)
    if (part != no_node) made.variables |= (*this)[part].variables;
  if (made.operation == Operation::variable) made.variables = VariableSet{1} << made.variable;
  nodes_.push_back(made);
  return place->second;
}

NodeId ExpressionGraph::number(double value) { return node({.operation = Operation::number, .number = value}); }
NodeId ExpressionGraph::variable(int index) { return node({.operation = Operation::variable, .variable = index}); }

bool ExpressionGraph::is_number(NodeId id, double value) const { return is_known(id) && (*this)[id].number == value; }

NodeId ExpressionGraph::apply(Operation operation, NodeId a, NodeId b, NodeId c) {
  bool all_known = true;
  for (auto const part : {a, b, c}) all_known = all_known && (part == no_node || is_known(part));
  if (all_known) {
    auto const value = [this](NodeId part) { return part == no_node ? 0.0 : (*this)[part].number; };
    double result = 0;
    with_operation(operation, [&](auto const& f) { result = f(value(a), value(b), value(c)); });
    return number(result);
  }
  if (operation == Operation::choose && is_known(a)) return is_number(a, 0) ? c : b;
  if (operation == Operation::choose && b == c) return b;
  return node({.operation = operation, .parts = {a, b, c}});
}

NodeId ExpressionGraph::negate(NodeId a) {
  auto const& n = (*this)[a];
  if (n.operation == Operation::negate) return n.parts[0];
  if (n.operation == Operation::subtract) return subtract(n.parts[1], n.parts[0]);
  if (auto const [coefficient, rest] = scaled(a); coefficient != 1) return multiply(number(-coefficient), rest);
  return apply(Operation::negate, a);
}

bool ExpressionGraph::is_inverse(NodeId id) const {
  auto const& n = (*this)[id];
  return (n.operation == Operation::divide && is_number(n.parts[0], 1)) ||
         (n.operation == Operation::multiply && is_inverse(n.parts[0]) && is_inverse(n.parts[1]));
}

std::pair<double, NodeId> ExpressionGraph::scaled(NodeId id) const {
  auto const& n = (*this)[id];
  if (n.operation == Operation::negate) return {-1.0, n.parts[0]};
  if (n.operation == Operation::multiply)
    for (std::size_t k = 0; k < 2; ++k)
      if (is_known(n.parts[k])) return {(*this)[n.parts[k]].number, n.parts[1 - k]};
  return {1.0, id};
}

NodeId ExpressionGraph::add(NodeId a, NodeId b) {
  if (is_number(a, 0)) return b;
  if (is_number(b, 0)) return a;
  if (auto const [first, rest] = scaled(a); rest == scaled(b).second && !is_known(a))
    return multiply(number(first + scaled(b).first), rest);
  if ((*this)[b].operation == Operation::negate) return subtract(a, (*this)[b].parts[0]);
  if ((*this)[a].operation == Operation::negate) return subtract(b, (*this)[a].parts[0]);
  if (a > b) std::swap(a, b);
  return apply(Operation::add, a, b);
}

NodeId ExpressionGraph::subtract(NodeId a, NodeId b) {
  if (is_number(b, 0)) return a;
  if (is_number(a, 0)) return negate(b);
  if (a == b) return number(0);
  if (auto const [first, rest] = scaled(a); rest == scaled(b).second && !is_known(a))
    return multiply(number(first - scaled(b).first), rest);
  if ((*this)[b].operation == Operation::negate) return add(a, (*this)[b].parts[0]);
  return apply(Operation::subtract, a, b);
}

NodeId ExpressionGraph::multiply(NodeId a, NodeId b) {
  if (is_number(a, 0) || is_number(b, 0)) return number(0);
  if (is_number(a, 1)) return b;
  if (is_number(b, 1)) return a;
  if (is_number(a, -1)) return negate(b);
  if (is_number(b, -1)) return negate(a);
  if (is_known(b)) std::swap(a, b);
  if (is_known(a) && !is_known(b))
    if (auto const [coefficient, rest] = scaled(b); coefficient != 1)
      return multiply(number((*this)[a].number * coefficient), rest);
  if ((*this)[a].operation == Operation::negate) return negate(multiply((*this)[a].parts[0], b));
  if ((*this)[b].operation == Operation::negate) return negate(multiply(a, (*this)[b].parts[0]));
  if (a > b) std::swap(a, b);
  return apply(Operation::multiply, a, b);
}

NodeId ExpressionGraph::divide(NodeId a, NodeId b) {
  if (is_number(a, 0)) return number(0);
  if (is_number(b, 1)) return a;
  if (is_number(b, -1)) return negate(a);
  if (is_number(b, 2) || is_number(b, 4)) return multiply(number(1 / (*this)[b].number), a);
  if (auto const [coefficient, rest] = scaled(a); coefficient != 1 && !is_known(rest))
    return multiply(number(coefficient), divide(rest, b));
  if (is_inverse(a)) return multiply(a, divide(number(1), b));
  return apply(Operation::divide, a, b);
}

NodeId ExpressionGraph::power(NodeId a, NodeId b) {
  if (!is_known(b)) return apply(Operation::exp, multiply(b, apply(Operation::log, a)));
  double const exponent = (*this)[b].number;
  if (exponent == std::floor(exponent) && std::fabs(exponent) <= 64) {
    NodeId result = number(1), square = a;
    for (auto left = static_cast<unsigned>(std::fabs(exponent)); left > 0; left /= 2) {
      if (left % 2 == 1) result = multiply(result, square);
      if (left > 1) square = multiply(square, square);
    }
    return exponent < 0 ? divide(number(1), result) : result;
  }
  if (exponent == 0.5) return apply(Operation::sqrt, a);
  return apply(Operation::exp, multiply(b, apply(Operation::log, a)));
}

NodeId ExpressionGraph::derivative(NodeId id, int variable) {
  if (((*this)[id].variables >> variable & 1) == 0) return number(0);
  if (auto const known = derivatives_.find({id, variable}); known != derivatives_.end()) return known->second;
  NodeId const result = derived(id, variable);
  derivatives_[{id, variable}] = result;
  return result;
}

/// (log a)': for products and quotients the sum of those of their parts, where much cancels.
NodeId ExpressionGraph::derived_log(NodeId id, int variable) {
  if (((*this)[id].variables >> variable & 1) == 0) return number(0);
  if (auto const known = log_derivatives_.find({id, variable}); known != log_derivatives_.end()) return known->second;
  auto const n = (*this)[id];
  auto const of = [&](int k) { return derived_log(n.parts[static_cast<std::size_t>(k)], variable); };
  NodeId result = no_node;
  switch (n.operation) {
    case Operation::multiply:
      result = add(of(0), of(1));
      break;
    case Operation::divide:
      result = subtract(of(0), of(1));
      break;
    case Operation::negate:
      result = of(0);
      break;
    case Operation::sqrt:
      result = multiply(number(0.5), of(0));
      break;
    case Operation::exp:
      result = derivative(n.parts[0], variable);
      break;
    default:
      result = divide(derivative(id, variable), id);
  }
  log_derivatives_[{id, variable}] = result;
  return result;
}

NodeId ExpressionGraph::derived(NodeId id, int variable) {
  constexpr double two_over_root_pi = 0x1.20dd750429b6dp0, one_over_root_two_pi = 0x1.9884533d43651p-2;
  auto const n = (*this)[id];
  NodeId const a = n.parts[0], b = n.parts[1], c = n.parts[2];
  auto const d = [&](NodeId part) { return derivative(part, variable); };
  /// By the chain rule.
  auto const by = [&](NodeId slope) { return multiply(slope, d(a)); };
  auto const over = [&](NodeId slope) { return divide(d(a), slope); };
  auto const square = [&](NodeId part) { return multiply(part, part); };
  switch (n.operation) {
    case Operation::variable:
      return number(1);
    case Operation::add:
      return add(d(a), d(b));
    case Operation::subtract:
      return subtract(d(a), d(b));
    case Operation::multiply:
      return a == b ? multiply(number(2), multiply(a, d(a))) : add(multiply(d(a), b), multiply(a, d(b)));
    case Operation::divide:
      return divide(subtract(d(a), multiply(id, d(b))), b);
    case Operation::negate:
      return negate(d(a));
    case Operation::log:
      return derived_log(a, variable);
    case Operation::log1p:
      return over(add(number(1), a));
    case Operation::exp:
      return by(id);
    case Operation::expm1:
      return by(apply(Operation::exp, a));
    case Operation::sqrt:
      return divide(multiply(number(0.5), d(a)), id);
    case Operation::abs:
      return by(apply(Operation::choose, apply(Operation::less, a, number(0)), number(-1), number(1)));
    case Operation::sin:
      return by(apply(Operation::cos, a));
    case Operation::cos:
      return negate(by(apply(Operation::sin, a)));
    case Operation::tanh:
      return by(subtract(number(1), square(id)));
    case Operation::atan:
      return over(add(number(1), square(a)));
    case Operation::lgamma:
      return by(apply(Operation::digamma, a));
    case Operation::digamma:
      return by(apply(Operation::trigamma, a));
    case Operation::trigamma:
      return by(apply(Operation::tetragamma, a));
    case Operation::erf:
      return by(multiply(number(two_over_root_pi), apply(Operation::exp, negate(square(a)))));
    case Operation::erfc:
      return by(multiply(number(-two_over_root_pi), apply(Operation::exp, negate(square(a)))));
    case Operation::normal_cdf:
      return by(multiply(number(one_over_root_two_pi), apply(Operation::exp, multiply(number(-0.5), square(a)))));
    case Operation::min:
      return apply(Operation::choose, apply(Operation::less, b, a), d(b), d(a));
    case Operation::max:
      return apply(Operation::choose, apply(Operation::less, a, b), d(b), d(a));
    case Operation::choose:
      return apply(Operation::choose, a, d(b), d(c));
    case Operation::tetragamma:
      throw InputError("a fourth derivative of lgamma would be needed, write digamma and trigamma out");
    case Operation::floor:
    case Operation::less:
    case Operation::less_equal:
    case Operation::equal:
    case Operation::number:
      break;
  }
  return number(0);
}

}  // namespace fisherlab::sim

#pragma once

#include <cstddef>
#include <initializer_list>
#include <vector>

#include "sim/expressions/graph.hpp"

/// Lists of expressions.
namespace fisherlab::sim {

using Nodes = std::vector<NodeId>;

/// Derivatives in variables 0 ... p - 1.
inline Nodes gradient(ExpressionGraph& graph, NodeId node, int p) {
  Nodes result;
  for (int a = 0; a < p; ++a) result.push_back(graph.derivative(node, a));
  return result;
}

/// The Hessian that belongs to a gradient, packed (theta.hpp).
inline Nodes second_derivatives(ExpressionGraph& graph, Nodes const& score) {
  Nodes result;
  for (std::size_t a = 0; a < score.size(); ++a)
    for (std::size_t b = 0; b <= a; ++b) result.push_back(graph.derivative(score[a], static_cast<int>(b)));
  return result;
}

/// One list after the other.
inline Nodes joined(std::initializer_list<Nodes> parts) {
  Nodes result;
  for (auto const& part : parts) result.insert(result.end(), part.begin(), part.end());
  return result;
}

}  // namespace fisherlab::sim

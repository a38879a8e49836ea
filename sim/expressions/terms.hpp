#pragma once

#include <map>

#include "sim/expressions/graph.hpp"

namespace fisherlab::sim {

/// An expression as constant + sum of factor x summand, where only summands depend on what is observed.
struct Terms {
  NodeId constant = no_node;
  std::map<NodeId, NodeId> factors;  ///< by summand
};

/// Sums, products and quotients are taken apart; x - location stays whole behind a factor: of the sums of both parts
/// little might be left.
Terms terms_of(ExpressionGraph& graph, NodeId expression, VariableSet observed);

}  // namespace fisherlab::sim

#pragma once

#include <map>

#include "base/api.hpp"
#include "sim/expressions/derivatives.hpp"
#include "sim/expressions/graph.hpp"

namespace fisherlab::sim {

/// The expression with other nodes in place of some of its parts.
FISHERLAB_API NodeId replaced(ExpressionGraph& graph, NodeId node, std::map<NodeId, NodeId> const& others);

/// The expression with log(a b) and log(a/b) taken apart where both are above 0 and just one depends on `observed`, and
/// with log exp and log sqrt resolved: so that log(x/scale) needs log x and log scale alone. `positive`: the variables
/// that are above 0.
FISHERLAB_API NodeId with_logs_apart(ExpressionGraph& graph, NodeId node, VariableSet positive, VariableSet observed);

/// Expressions with quotients by what does not depend on `observed` as products with its inverse, which is computed
/// once.
FISHERLAB_API Nodes with_inverses(ExpressionGraph& graph, Nodes const& nodes, VariableSet observed);

}  // namespace fisherlab::sim

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "base/api.hpp"
#include "sim/expressions/operations.hpp"

namespace fisherlab::sim {

/// Place of a node in its graph.
using NodeId = std::int32_t;
inline constexpr NodeId no_node = -1;

/// A set of variables, bit v for variable v.
using VariableSet = std::uint64_t;

/// One operation with its parts, a number, or a variable.
struct ExpressionNode {
  Operation operation = Operation::number;
  std::array<NodeId, 3> parts{no_node, no_node, no_node};
  double number = 0;
  int variable = 0;
  VariableSet variables = 0;  ///< that it depends on
};

/// Expressions over numbered variables, as a graph in which what is equal is one node: so what values and derivatives
/// have in common is computed once. A part stands before what it is part of. Nodes are simplified as they are made:
/// what is known is computed, and what does nothing is left out.
class FISHERLAB_API ExpressionGraph {
 public:
  static constexpr int most_variables = 64;

  NodeId number(double value);
  NodeId variable(int index);
  NodeId add(NodeId a, NodeId b);
  NodeId subtract(NodeId a, NodeId b);
  NodeId multiply(NodeId a, NodeId b);
  NodeId divide(NodeId a, NodeId b);
  NodeId negate(NodeId a);
  /// a^b: by multiplication for whole b up to 64, by a root for 1/2, else exp(b log a), which takes a >= 0.
  NodeId power(NodeId a, NodeId b);
  /// Any other operation.
  NodeId apply(Operation operation, NodeId a, NodeId b = no_node, NodeId c = no_node);

  /// Its derivative in a variable, exactly; at a kink or jump that of one side.
  NodeId derivative(NodeId node, int variable);

  ExpressionNode const& operator[](NodeId id) const { return nodes_[static_cast<std::size_t>(id)]; }
  std::size_t size() const { return nodes_.size(); }
  /// Whether it is that very number.
  bool is_number(NodeId id, double value) const;

 private:
  using Identity = std::tuple<Operation, std::array<NodeId, 3>, std::uint64_t>;

  bool is_known(NodeId id) const { return (*this)[id].operation == Operation::number; }
  /// An expression as a number times another one.
  std::pair<double, NodeId> scaled(NodeId id) const;
  /// Whether it is 1/b, or a product of such: quotients by it are products, so that 1/(b b) is one node.
  bool is_inverse(NodeId id) const;
  NodeId node(ExpressionNode made);
  NodeId derived(NodeId id, int variable);
  NodeId derived_log(NodeId id, int variable);

  std::vector<ExpressionNode> nodes_;
  std::map<Identity, NodeId> known_;
  std::map<std::pair<NodeId, int>, NodeId> derivatives_, log_derivatives_;
};

}  // namespace fisherlab::sim

#include "sim/expressions/rewrite.hpp"

#include <array>
#include <cstddef>
#include <utility>

namespace fisherlab::sim {
namespace {

/// Makes a node again with other parts, simplified as any new one.
NodeId remade(ExpressionGraph& graph, ExpressionNode const& node, std::array<NodeId, 3> const& parts) {
  auto const [a, b, c] = parts;
  switch (node.operation) {
    case Operation::add:
      return graph.add(a, b);
    case Operation::subtract:
      return graph.subtract(a, b);
    case Operation::multiply:
      return graph.multiply(a, b);
    case Operation::divide:
      return graph.divide(a, b);
    case Operation::negate:
      return graph.negate(a);
    default:
      return graph.apply(node.operation, a, b, c);
  }
}

/// Goes over an expression from its leaves, each node once.
class Rewriter {
 public:
  explicit Rewriter(ExpressionGraph& graph, std::map<NodeId, NodeId> known = {})
      : graph_(graph), known_(std::move(known)) {}
  virtual ~Rewriter() = default;
  Rewriter(Rewriter const&) = delete;
  Rewriter& operator=(Rewriter const&) = delete;

  NodeId operator()(NodeId id) {
    if (auto const known = known_.find(id); known != known_.end()) return known->second;
    auto const node = graph_[id];
    NodeId result = id;
    if (node.parts[0] != no_node) {
      auto parts = node.parts;
      for (auto& part : parts)
        if (part != no_node) part = (*this)(part);
      result = made(node, parts);
    }
    known_[id] = result;
    return result;
  }

 protected:
  virtual NodeId made(ExpressionNode const& node, std::array<NodeId, 3> const& parts) {
    return remade(graph_, node, parts);
  }

  ExpressionGraph& graph_;

 private:
  std::map<NodeId, NodeId> known_;
};

class LogRewriter final : public Rewriter {
 public:
  LogRewriter(ExpressionGraph& graph, VariableSet positive, VariableSet observed)
      : Rewriter(graph), positive_(positive), observed_(observed) {}

 private:
  NodeId made(ExpressionNode const& node, std::array<NodeId, 3> const& parts) override {
    return node.operation == Operation::log ? log_of(parts[0]) : remade(graph_, node, parts);
  }

  NodeId log_of(NodeId id) {
    auto const node = graph_[id];
    auto const [a, b, c] = node.parts;
    bool const may_part = (node.operation == Operation::multiply || node.operation == Operation::divide) &&
                          is_positive(a) && is_positive(b) && is_observed(a) != is_observed(b);
    if (may_part) {
      auto const first = log_of(a), second = log_of(b);
      return node.operation == Operation::multiply ? graph_.add(first, second) : graph_.subtract(first, second);
    }
    if (node.operation == Operation::exp) return a;
    if (node.operation == Operation::sqrt && is_positive(a)) return graph_.multiply(graph_.number(0.5), log_of(a));
    return graph_.apply(Operation::log, id);
  }

  bool is_observed(NodeId id) const { return (graph_[id].variables & observed_) != 0; }

  bool is_positive(NodeId id) {
    auto const [place, is_new] = positive_nodes_.try_emplace(id, false);
    if (is_new) place->second = is_made_positive(graph_[id]);
    return place->second;
  }
  bool is_made_positive(ExpressionNode const node) {
    switch (node.operation) {
      case Operation::number:
        return node.number > 0;
      case Operation::variable:
        return (positive_ >> node.variable & 1) != 0;
      case Operation::add:
      case Operation::multiply:
      case Operation::divide:
        return is_positive(node.parts[0]) && is_positive(node.parts[1]);
      case Operation::sqrt:
        return is_positive(node.parts[0]);
      case Operation::exp:
        return true;
      default:
        return false;
    }
  }

  VariableSet positive_, observed_;
  std::map<NodeId, bool> positive_nodes_;
};

class QuotientRewriter final : public Rewriter {
 public:
  QuotientRewriter(ExpressionGraph& graph, VariableSet observed) : Rewriter(graph), observed_(observed) {}

 private:
  NodeId made(ExpressionNode const& node, std::array<NodeId, 3> const& parts) override {
    auto const [a, b, c] = parts;
    auto const is_observed = [this](NodeId id) { return (graph_[id].variables & observed_) != 0; };
    if (node.operation == Operation::divide && is_observed(a) && !is_observed(b))
      return graph_.multiply(a, graph_.divide(graph_.number(1), b));
    return remade(graph_, node, parts);
  }

  VariableSet observed_;
};

}  // namespace

NodeId replaced(ExpressionGraph& graph, NodeId node, std::map<NodeId, NodeId> const& others) {
  return Rewriter(graph, others)(node);
}

NodeId with_logs_apart(ExpressionGraph& graph, NodeId node, VariableSet positive, VariableSet observed) {
  return LogRewriter(graph, positive, observed)(node);
}

Nodes with_inverses(ExpressionGraph& graph, Nodes const& nodes, VariableSet observed) {
  QuotientRewriter rewrite(graph, observed);
  Nodes result;
  for (auto const node : nodes) result.push_back(rewrite(node));
  return result;
}

}  // namespace fisherlab::sim

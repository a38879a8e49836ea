#include "sim/expressions/terms.hpp"

#include <utility>

namespace fisherlab::sim {
namespace {

class Decomposition {
 public:
  Decomposition(ExpressionGraph& graph, VariableSet observed) : graph_(graph), observed_(observed) {}

  Terms of(NodeId expression) {
    terms_ = {graph_.number(0), {}};
    split(expression, graph_.number(1));
    return terms_;
  }

 private:
  /// A product of what is free of x and of what is not.
  struct Product {
    NodeId free, observed;
  };

  bool is_free(NodeId id) const { return (graph_[id].variables & observed_) == 0; }
  bool is_sum(NodeId id) const {
    return graph_[id].operation == Operation::add || graph_[id].operation == Operation::subtract;
  }
  bool is_shift(NodeId id) const {
    return is_sum(id) && (is_free(graph_[id].parts[0]) || is_free(graph_[id].parts[1]));
  }

  void split(NodeId id, NodeId factor) {
    auto const node = graph_[id];
    auto const [a, b, c] = node.parts;
    if (is_free(id)) {
      terms_.constant = graph_.add(terms_.constant, graph_.multiply(factor, id));
    } else if (is_sum(id) && may_split(id, factor)) {
      split(a, factor);
      split(b, node.operation == Operation::add ? factor : graph_.negate(factor));
    } else if (node.operation == Operation::negate) {
      split(a, graph_.negate(factor));
    } else if (node.operation == Operation::multiply && is_free(a)) {
      split(b, graph_.multiply(factor, a));
    } else if (node.operation == Operation::multiply && is_free(b)) {
      split(a, graph_.multiply(factor, b));
    } else if (node.operation == Operation::divide && is_free(b)) {
      split(a, graph_.divide(factor, b));
    } else if (auto const product = factored(id); product.observed != id) {
      split(product.observed, graph_.multiply(factor, product.free));
    } else {
      auto const [place, is_new] = terms_.factors.try_emplace(id, factor);
      if (!is_new) place->second = graph_.add(place->second, factor);
    }
  }

  /// x - location stays whole behind a factor: of the sums of both parts little might be left.
  bool may_split(NodeId id, NodeId factor) const {
    return !is_shift(id) || graph_.is_number(factor, 1) || graph_.is_number(factor, -1);
  }

  /// Of something that depends on x. Quotients become products, so that there is one quotient for each denominator;
  /// (x - location)/scale stays whole, whose square overflows later than that of x - location.
  Product factored(NodeId id) {
    if (auto const known = products_.find(id); known != products_.end()) return known->second;
    auto const result = found_product(id);
    products_.try_emplace(id, result);
    return result;
  }

  Product found_product(NodeId id) {
    auto const node = graph_[id];
    auto const [a, b, c] = node.parts;
    auto const one = graph_.number(1);
    Product const whole{one, id};
    switch (node.operation) {
      case Operation::negate: {
        auto const [free, observed] = factored(a);
        return {graph_.negate(free), observed};
      }
      case Operation::multiply: {
        if (is_free(a) || is_free(b)) return scaled(id, is_free(a) ? b : a, is_free(a) ? a : b);
        auto const left = factored(a), right = factored(b);
        return {graph_.multiply(left.free, right.free), graph_.multiply(left.observed, right.observed)};
      }
      case Operation::divide: {
        if (is_free(b)) return scaled(id, a, graph_.divide(one, b));
        if (graph_.is_number(a, 1)) return whole;
        auto const below = factored(b);
        auto const inverse = graph_.divide(one, below.observed);
        if (is_free(a)) return {graph_.divide(a, below.free), inverse};
        auto const above = factored(a);
        return {graph_.divide(above.free, below.free), graph_.multiply(above.observed, inverse)};
      }
      case Operation::add:
      case Operation::subtract: {
        if (is_shift(id)) return whole;
        auto const left = factored(a), right = factored(b);
        if (left.free != right.free || graph_.is_number(left.free, 1)) return whole;
        return {left.free, node.operation == Operation::add ? graph_.add(left.observed, right.observed)
                                                            : graph_.subtract(left.observed, right.observed)};
      }
      default:
        return whole;
    }
  }

  /// Of `id`, which is observed x free.
  Product scaled(NodeId id, NodeId observed, NodeId free) {
    if (is_shift(observed)) return {graph_.number(1), id};
    auto const inner = factored(observed);
    return {graph_.multiply(free, inner.free), inner.observed};
  }

  ExpressionGraph& graph_;
  VariableSet observed_;
  Terms terms_;
  std::map<NodeId, Product> products_;
};

}  // namespace

Terms terms_of(ExpressionGraph& graph, NodeId expression, VariableSet observed) {
  return Decomposition(graph, observed).of(expression);
}

}  // namespace fisherlab::sim

#include "sim/expressions/sums.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace fisherlab::sim {
namespace {

/// An expression as constant + sum_k factor_k summand_k, the summands those that depend on x.
class Decomposition {
 public:
  Decomposition(ExpressionGraph& graph, NodeId expression, VariableSet observed)
      : constant(graph.number(0)), graph_(graph), observed_(observed) {
    split(expression, graph.number(1));
  }

  NodeId constant;
  std::map<NodeId, NodeId> factors;  ///< by summand

 private:
  bool is_free(NodeId id) const { return (graph_[id].variables & observed_) == 0; }

  void split(NodeId id, NodeId factor) {
    auto const node = graph_[id];
    auto const [a, b, c] = node.parts;
    bool const is_sum = node.operation == Operation::add || node.operation == Operation::subtract;
    if (is_free(id)) {
      constant = graph_.add(constant, graph_.multiply(factor, id));
    } else if (is_sum && may_split(a, b, factor)) {
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
    } else {
      auto const [place, is_new] = factors.try_emplace(id, factor);
      if (!is_new) place->second = graph_.add(place->second, factor);
    }
  }

  /// x - location stays whole behind a factor: of the sums of both parts little might be left.
  bool may_split(NodeId a, NodeId b, NodeId factor) const {
    bool const is_shift = is_free(a) || is_free(b);
    return !is_shift || graph_.is_number(factor, 1) || graph_.is_number(factor, -1);
  }

  ExpressionGraph& graph_;
  VariableSet observed_;
};

}  // namespace

ExpressionSums::ExpressionSums(ExpressionGraph& graph, std::vector<NodeId> const& expressions,
                               std::vector<int> observed)
    : observed_(std::move(observed)), program_(compiled(graph, expressions)) {}

Program ExpressionSums::compiled(ExpressionGraph& graph, std::vector<NodeId> const& expressions) {
  VariableSet observed = 0;
  for (int const variable : observed_) observed |= VariableSet{1} << variable;
  std::vector<Decomposition> parts;
  for (auto const expression : expressions) parts.emplace_back(graph, expression, observed);
  std::vector<NodeId> roots;
  auto const number_of = [&roots](NodeId id, std::size_t from) {
    auto const place = std::find(roots.begin() + static_cast<std::ptrdiff_t>(from), roots.end(), id);
    auto const number = static_cast<std::size_t>(place - roots.begin());
    if (place == roots.end()) roots.push_back(id);
    return number;
  };
  for (auto const& part : parts)
    for (auto const& [summand, factor] : part.factors) number_of(summand, 0);
  summed_ = roots.size();
  for (auto const& part : parts) {
    Sum sum{number_of(part.constant, summed_), {}};
    for (auto const& [summand, factor] : part.factors)
      sum.terms.push_back({number_of(factor, summed_), number_of(summand, 0)});
    sums_.push_back(std::move(sum));
  }
  return Program(graph, roots, observed);
}

void ExpressionSums::operator()(std::span<Lanes const* const> columns, std::int64_t n, std::span<Lanes const> fixed,
                                Lanes* sums) const {
  ProgramRun run(program_, fixed);
  std::vector<Lanes> totals(summed_, Lanes(0.0));
  std::array<Lanes const*, ExpressionGraph::most_variables> here{};
  for (std::int64_t from = 0; from < n && summed_ > 0; from += Program::block) {
    int const count = static_cast<int>(std::min<std::int64_t>(Program::block, n - from));
    for (std::size_t k = 0; k < observed_.size(); ++k) here[static_cast<std::size_t>(observed_[k])] = columns[k] + from;
    run.observe(here, count);
    for (std::size_t k = 0; k < summed_; ++k)
      for (int i = 0; i < count; ++i) totals[k] += run.root(k, i);
  }
  Lanes const size = static_cast<double>(n);
  for (std::size_t k = 0; k < sums_.size(); ++k) {
    Lanes sum = size * run.root(sums_[k].constant);
    for (auto const& [factor, summand] : sums_[k].terms) sum += run.root(factor) * totals[summand];
    sums[k] = sum;
  }
}

}  // namespace fisherlab::sim

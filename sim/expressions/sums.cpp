#include "sim/expressions/sums.hpp"

#include <algorithm>
#include <array>

#include "sim/expressions/rewrite.hpp"
#include "sim/expressions/terms.hpp"

namespace fisherlab::sim {

ExpressionSums::ExpressionSums(ExpressionGraph& graph, std::vector<NodeId> const& expressions,
                               std::vector<int> observed)
    : observed_(std::move(observed)), program_(compiled(graph, expressions)) {}

Program ExpressionSums::compiled(ExpressionGraph& graph, std::vector<NodeId> const& expressions) {
  VariableSet observed = 0;
  for (int const variable : observed_) observed |= VariableSet{1} << variable;
  std::vector<Terms> parts;
  for (auto const expression : expressions) parts.push_back(terms_of(graph, expression, observed));
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
  return Program(graph, with_inverses(graph, roots, observed), observed);
}

void ExpressionSums::operator()(Room& room, std::span<Lanes const* const> columns, std::int64_t n,
                                std::span<Lanes const> fixed, Lanes* sums) const {
  auto& run = room.run_;
  auto& totals = room.totals_;
  run.fix(fixed);
  std::fill(totals.begin(), totals.end(), Lanes(0.0));
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

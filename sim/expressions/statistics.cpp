#include "sim/expressions/statistics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "sim/expressions/derivatives.hpp"
#include "sim/expressions/rewrite.hpp"
#include "sim/expressions/terms.hpp"

namespace fisherlab::sim {

/// Splits an expression into what goes by means and moments and what goes by observations.
class ExpressionStatistics::Planner {
 public:
  Planner(ExpressionGraph& graph, Variables const& variables)
      : graph_(graph),
        variables_(variables),
        x_(VariableSet{1} << variables.observation),
        next_(variables.first_free) {}

  std::optional<Plan> plan(NodeId f) {
    auto const apart = with_logs_apart(graph_, f, variables_.positive, x_);
    auto const terms = terms_of(graph_, apart, x_);
    NodeId smooth = terms.constant, rest = graph_.number(0);
    for (auto const& [part, factor] : terms.factors) {
      auto& sum = degree(part) <= 2 ? smooth : rest;
      sum = graph_.add(sum, graph_.multiply(factor, part));
    }
    auto const means = variables_for(smooth, plan_.means), columns = variables_for(rest, plan_.columns);
    if (!means || !columns) return std::nullopt;
    auto const at_means = replaced(graph_, smooth, *means);
    plan_.sum = graph_.add(at_means, replaced(graph_, rest, *columns));
    for (std::size_t j = 0; j < plan_.means.size(); ++j)
      for (std::size_t k = 0; k <= j; ++k)
        if (!add_moment(at_means, j, k)) return std::nullopt;
    plan_.parameters = variables_.parameters;
    plan_.end = next_;
    return std::move(plan_);
  }

 private:
  static constexpr int no_polynomial = 1 << 20;

  /// As a polynomial in the largest parts of x alone.
  int degree(NodeId id) {
    auto const node = graph_[id];
    if ((node.variables & x_) == 0) return 0;
    if (node.variables == x_) return 1;
    if (auto const known = degrees_.find(id); known != degrees_.end()) return known->second;
    auto const [a, b, c] = node.parts;
    int result = no_polynomial;
    if (node.operation == Operation::add || node.operation == Operation::subtract)
      result = std::max(degree(a), degree(b));
    else if (node.operation == Operation::multiply)
      result = std::min(degree(a) + degree(b), no_polynomial);
    else if (node.operation == Operation::negate || (node.operation == Operation::divide && degree(b) == 0))
      result = degree(a);
    return degrees_[id] = result;
  }

  /// The largest parts of x alone, each with a variable of its own; nothing where there are too few.
  std::optional<std::map<NodeId, NodeId>> variables_for(NodeId expression, std::vector<Part>& parts) {
    std::map<NodeId, NodeId> result;
    std::vector<NodeId> open{expression};
    std::map<NodeId, bool> seen;
    while (!open.empty()) {
      auto const id = open.back();
      open.pop_back();
      auto const node = graph_[id];
      if ((node.variables & x_) == 0 || !seen.try_emplace(id, true).second) continue;
      if (node.variables == x_) {
        if (next_ == ExpressionGraph::most_variables) return std::nullopt;
        parts.push_back({atom(id), next_});
        result[id] = graph_.variable(next_++);
        continue;
      }
      for (auto const part : node.parts)
        if (part != no_node) open.push_back(part);
    }
    return result;
  }

  std::size_t atom(NodeId id) {
    auto const place = std::find(plan_.atoms.begin(), plan_.atoms.end(), id);
    auto const number = static_cast<std::size_t>(place - plan_.atoms.begin());
    if (place == plan_.atoms.end()) {
      plan_.atoms.push_back(id);
      plan_.is_observation.push_back(graph_[id].operation == Operation::variable);
    }
    return number;
  }

  /// A term of second order of the Taylor series. False where there is no variable for it.
  bool add_moment(NodeId at_means, std::size_t j, std::size_t k) {
    auto const slope = graph_.derivative(at_means, plan_.means[j].variable);
    auto const curvature = graph_.derivative(slope, plan_.means[k].variable);
    if (graph_.is_number(curvature, 0)) return true;
    if (next_ == ExpressionGraph::most_variables) return false;
    plan_.moments.push_back({j, k, next_});
    auto const term = graph_.multiply(graph_.variable(next_++), curvature);
    plan_.sum = graph_.add(plan_.sum, j == k ? graph_.multiply(graph_.number(0.5), term) : term);
    return true;
  }

  ExpressionGraph& graph_;
  Variables const& variables_;
  VariableSet x_;
  int next_;
  Plan plan_;
  std::map<NodeId, int> degrees_;
};

namespace {

std::vector<NodeId> with_derivatives(ExpressionGraph& graph, NodeId node, int p) {
  auto const score = gradient(graph, node, p);
  return joined({{node}, score, second_derivatives(graph, score)});
}

}  // namespace

std::optional<ExpressionStatistics> ExpressionStatistics::of(ExpressionGraph& graph, NodeId f,
                                                             Variables const& variables) {
  auto plan = Planner(graph, variables).plan(f);
  if (!plan) return std::nullopt;
  return ExpressionStatistics(graph, std::move(*plan), variables);
}

ExpressionStatistics::ExpressionStatistics(ExpressionGraph& graph, Plan plan, Variables const& variables)
    : plan_(std::move(plan)),
      atoms_(graph, plan_.atoms, VariableSet{1} << variables.observation),
      value_(graph, {plan_.sum}, plan_.column_variables()),
      derivatives_(graph, with_derivatives(graph, plan_.sum, variables.parameters), plan_.column_variables()) {}

ExpressionStatistics::OfSample::OfSample(ExpressionStatistics const& statistics, Sample const& sample)
    : statistics_(statistics),
      n_(sample.n()),
      fixed_(static_cast<std::size_t>(statistics.plan_.end)),
      value_(statistics.value_),
      derivatives_(statistics.derivatives_) {
  find_atoms(sample);
  find_means();
}

void ExpressionStatistics::OfSample::find_atoms(Sample const& sample) {
  auto const& plan = statistics_.plan_;
  computed_.resize(plan.atoms.size());
  bool computes = false;
  for (std::size_t k = 0; k < plan.atoms.size(); ++k) {
    if (!plan.is_observation[k]) computed_[k].resize(static_cast<std::size_t>(n_));
    atoms_.push_back(plan.is_observation[k] ? sample.data() : computed_[k].data());
    computes = computes || !plan.is_observation[k];
  }
  for (auto const& column : plan.columns) columns_.push_back(atoms_[column.atom]);
  if (!computes) return;
  ProgramRun run(statistics_.atoms_, {});
  std::array<Lanes const*, ExpressionGraph::most_variables> here{};
  for (std::int64_t from = 0; from < n_; from += Program::block) {
    int const count = static_cast<int>(std::min<std::int64_t>(Program::block, n_ - from));
    here.fill(sample.data() + from);  // x is the only variable
    run.observe(here, count);
    for (std::size_t k = 0; k < plan.atoms.size(); ++k)
      if (!plan.is_observation[k])
        for (int i = 0; i < count; ++i) computed_[k][static_cast<std::size_t>(from + i)] = run.root(k, i);
  }
}

/// Means in two passes; moments from the deviations of the first.
void ExpressionStatistics::OfSample::find_means() {
  auto const& plan = statistics_.plan_;
  auto const n = static_cast<double>(n_);
  auto const value = [this](int variable) -> Lanes& { return fixed_[static_cast<std::size_t>(variable)]; };
  std::vector<Lanes> rest;  // of the first means
  for (auto const& [atom, variable] : plan.means) {
    Lanes sum = 0.0, deviations = 0.0;
    for (std::int64_t i = 0; i < n_; ++i) sum += atoms_[atom][i];
    value(variable) = sum / n;
    for (std::int64_t i = 0; i < n_; ++i) deviations += atoms_[atom][i] - value(variable);
    rest.push_back(deviations / n);
  }
  for (auto const& [j, k, variable] : plan.moments) {
    auto const &first = plan.means[j], &second = plan.means[k];
    Lanes sum = 0.0, largest = 0.0;
    for (std::int64_t i = 0; i < n_; ++i) {
      Lanes const a = atoms_[first.atom][i] - value(first.variable);
      Lanes const b = atoms_[second.atom][i] - value(second.variable);
      sum += a * b;
      largest = max(largest, min(abs(a), abs(b)));
    }
    Lanes const moment = sum / n - rest[j] * rest[k];
    value(variable) = moment;
    // Squares of deviations from 1e-130 to 1e150 are as exact as the deviations.
    is_sound_ =
        is_sound_ && all((largest == Lanes(0.0)) | (largest > Lanes(1e-130))) && all(abs(moment) < Lanes(1e300));
  }
  for (std::size_t j = 0; j < rest.size(); ++j) {
    Lanes& mean = value(plan.means[j].variable);
    mean += rest[j];
    is_sound_ = is_sound_ && all(abs(mean) < Lanes(HUGE_VAL));
  }
}

std::optional<ExpressionStatistics::OfSample::Spread> ExpressionStatistics::OfSample::spread() const {
  auto const& plan = statistics_.plan_;
  auto const value = [this](int variable) { return fixed_[static_cast<std::size_t>(variable)]; };
  for (auto const& moment : plan.moments)
    if (moment.first == moment.second)
      return Spread{value(plan.means[moment.first].variable), sqrt(value(moment.variable))};
  return std::nullopt;
}

Lanes ExpressionStatistics::OfSample::value(Lanes const* theta) {
  set(theta);
  Lanes sum;
  statistics_.value_(value_, columns_, n_, fixed_, &sum);
  return sum;
}

void ExpressionStatistics::OfSample::derivatives(Lanes const* theta, Lanes* sums) {
  set(theta);
  statistics_.derivatives_(derivatives_, columns_, n_, fixed_, sums);
}

void ExpressionStatistics::OfSample::set(Lanes const* theta) {
  std::copy_n(theta, statistics_.plan_.parameters, fixed_.data());
}

}  // namespace fisherlab::sim

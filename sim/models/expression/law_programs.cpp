#include "sim/models/expression/law_programs.hpp"

#include <bit>
#include <string>
#include <utility>

#include "sim/expressions/derivatives.hpp"
#include "sim/expressions/parse.hpp"

namespace fisherlab::sim {
namespace {

/// Parameters and known numbers, by name.
ExpressionNames theta_names(ExpressionGraph& graph, ExpressionLaw const& law) {
  ExpressionNames names;
  for (std::size_t a = 0; a < law.parameters.size(); ++a)
    names[law.parameters[a].name] = graph.variable(static_cast<int>(a));
  for (auto const& [name, value] : law.constants) names[name] = graph.number(value);
  return names;
}

NodeId parsed_log_density(ExpressionGraph& graph, LawVariables const& variables, ExpressionLaw const& law) {
  auto names = theta_names(graph, law);
  names["x"] = graph.variable(variables.observation());
  auto const result = parse_expression(graph, law.log_density, "log_density", names);
  if ((graph[result].variables >> variables.observation() & 1) == 0 && !law.support.is_interval())
    throw ExpressionError("log_density", "does not depend on x, write it as a function of x and the parameters");
  for (std::size_t a = 0; a < law.parameters.size(); ++a)
    if ((graph[result].variables >> a & 1) == 0)
      throw ExpressionError("log_density", "does not depend on the parameter '" + law.parameters[a].name +
                                               "' (it could not be estimated), leave that out or use it");
  return result;
}

Nodes products(ExpressionGraph& graph, Nodes const& score) {
  Nodes result;
  for (std::size_t a = 0; a < score.size(); ++a)
    for (std::size_t b = 0; b <= a; ++b) result.push_back(graph.multiply(score[a], score[b]));
  return result;
}

Nodes sums_of(ExpressionGraph& graph, Nodes const& left, Nodes const& right) {
  Nodes result;
  for (std::size_t k = 0; k < left.size(); ++k) result.push_back(graph.add(left[k], right[k]));
  return result;
}

/// Of the parameters and x, those above 0.
ExpressionStatistics::Variables statistics_variables(LawVariables const& variables, ExpressionLaw const& law) {
  VariableSet positive = 0;
  for (std::size_t a = 0; a < law.parameters.size(); ++a)
    if (has_ends(law.parameters[a].domain)) positive |= VariableSet{1} << a;
  bool const is_above = law.support.range != Range::circle && law.support.lower >= 0 && !law.support.is_counts();
  if (is_above) positive |= VariableSet{1} << variables.observation();
  return {variables.p, variables.observation(), positive, variables.first_free()};
}

/// Derivative of a node along the tangent.
NodeId along(ExpressionGraph& graph, LawVariables const& variables, NodeId node) {
  NodeId result = graph.number(0);
  for (int a = 0; a < variables.p; ++a)
    result = graph.add(result, graph.multiply(graph.variable(variables.tangent(a)), graph.derivative(node, a)));
  return result;
}

Nodes directional_nodes(ExpressionGraph& graph, LawVariables const& variables, NodeId log_density) {
  auto const d = along(graph, variables, log_density);
  return {d, graph.multiply(d, d)};
}

Nodes slopes(ExpressionGraph& graph, LawVariables const& variables, Nodes const& hessian) {
  Nodes result;
  for (auto const entry : hessian) result.push_back(along(graph, variables, entry));
  return result;
}

/// The density times the weight, nothing where that is no number; and minus the entries of the Hessian times it.
Nodes weighted_nodes(ExpressionGraph& graph, LawVariables const& variables, NodeId log_density, Nodes const& hessian) {
  auto const density = graph.apply(Operation::exp, log_density);
  auto const share =
      graph.apply(Operation::max, graph.number(0), graph.multiply(graph.variable(variables.weight()), density));
  Nodes result{share};
  for (auto const entry : hessian)
    result.push_back(
        graph.apply(Operation::choose, share, graph.negate(graph.multiply(share, entry)), graph.number(0)));
  return result;
}

/// The largest k of u1 ... uk, or z1 ... zk, that a draw names.
int largest(VariableSet variables, int first, int most) {
  return static_cast<int>(std::bit_width(variables >> first & ((VariableSet{1} << most) - 1)));
}

}  // namespace

LawPrograms::LawPrograms(ExpressionLaw const& law)
    : variables(law.parameters.size()),
      log_density_(parsed_log_density(graph, variables, law)),
      score_(gradient(graph, log_density_, variables.p)),
      hessian_(second_derivatives(graph, score_)),
      value(graph, {log_density_}, {variables.observation()}),
      derivatives(graph, joined({{log_density_}, score_, hessian_}), {variables.observation()}),
      score_products(graph, joined({score_, products(graph, score_), hessian_}), {variables.observation()}),
      directional(graph, directional_nodes(graph, variables, log_density_), {variables.observation()}),
      curvature(graph, sums_of(graph, products(graph, score_), hessian_), {variables.observation()}),
      statistics(ExpressionStatistics::of(graph, log_density_, statistics_variables(variables, law))),
      slope(graph, slopes(graph, variables, hessian_), {variables.observation()}),
      weighted(graph, weighted_nodes(graph, variables, log_density_, hessian_),
               {variables.observation(), variables.weight()}) {
  auto names = theta_names(graph, law);
  auto const of_theta = [&](std::optional<std::string> const& text, char const* what, std::optional<Program>& program) {
    if (!text) return;
    auto const node = parse_expression(graph, *text, what, names);
    program.emplace(graph, joined({{node}, gradient(graph, node, variables.p)}), 0);
  };
  of_theta(law.mean, "mean", mean);
  of_theta(law.variance, "variance", variance);
  if (law.moment_order) {
    if (names.contains("n"))
      throw ExpressionError("moments", "takes n for the number of observations, rename the other 'n' of this model");
    auto names_and_n = names;
    names_and_n["n"] = graph.variable(variables.observation());
    moment_order.emplace(graph, Nodes{parse_expression(graph, *law.moment_order, "moments", names_and_n)}, 0);
  }
  if (!law.draw) return;
  for (int k = 0; k < LawVariables::most_uniforms; ++k)
    names["u" + std::to_string(k + 1)] = graph.variable(variables.uniform(k));
  for (int k = 0; k < LawVariables::most_normals; ++k)
    names["z" + std::to_string(k + 1)] = graph.variable(variables.normal(k));
  auto const node = parse_expression(graph, *law.draw, "draw", names);
  uniforms = largest(graph[node].variables, variables.uniform(0), LawVariables::most_uniforms);
  normals = largest(graph[node].variables, variables.normal(0), LawVariables::most_normals);
  if (uniforms + normals == 0)
    throw ExpressionError("draw", "is the same for every observation, write it with u1, u2, ... or z1, z2, ...");
  auto const first = variables.uniform(0);
  draw.emplace(graph, Nodes{node}, ~VariableSet{0} << first);
}

}  // namespace fisherlab::sim

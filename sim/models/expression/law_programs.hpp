#pragma once

#include <optional>
#include <vector>

#include "sim/expressions/graph.hpp"
#include "sim/expressions/program.hpp"
#include "sim/expressions/statistics.hpp"
#include "sim/expressions/sums.hpp"
#include "sim/models/expression/expression_law.hpp"

namespace fisherlab::sim {

/// The numbers of variables: parameters, x, a direction in the space of parameters, uniforms, normals,
/// a weight.
struct LawVariables {
  static constexpr int most_uniforms = 16, most_normals = 16;

  explicit LawVariables(std::size_t parameters) : p(static_cast<int>(parameters)) {}

  int p;
  int observation() const { return p; }
  int tangent(int a) const { return p + 1 + a; }
  int uniform(int k) const { return 2 * p + 1 + k; }
  int normal(int k) const { return uniform(most_uniforms) + k; }
  int weight() const { return normal(most_normals); }
  /// Above it none is in use.
  int first_free() const { return weight() + 1; }
};
static_assert(2 * ExpressionLaw::most_parameters + 1 + 32 < ExpressionGraph::most_variables);

/// All that is computed of a law: its expressions, parsed, differentiated and compiled.
class LawPrograms {
 public:
  /// @throws ExpressionError
  explicit LawPrograms(ExpressionLaw const& law);

  LawVariables variables;
  ExpressionGraph graph;

 private:
  NodeId log_density_;
  std::vector<NodeId> score_, hessian_;

 public:
  ExpressionSums value;                            ///< the log density
  ExpressionSums derivatives;                      ///< the same, score (p), Hessian (q)
  ExpressionSums score_products;                   ///< score (p), its products (q), Hessian (q)
  ExpressionSums directional;                      ///< d = score' tangent, and d^2
  ExpressionSums curvature;                        ///< products of the score + Hessian (q)
  std::optional<ExpressionStatistics> statistics;  ///< of a sample, for many theta
  ExpressionSums slope;                            ///< of the Hessian along the tangent (q)
  ExpressionSums weighted;  ///< over x and its weight w: p(x) w, and minus the Hessian times that (q)

  std::optional<Program> draw;  ///< one root
  int uniforms = 0;             ///< that a draw takes
  int normals = 0;              ///< the same

  /// Mean and variance of x with their gradients (1 + p roots), where the law says them.
  std::optional<Program> mean, variance;
  /// The order below which moments of the estimates exist; n stands in the place of an observation.
  std::optional<Program> moment_order;
};

}  // namespace fisherlab::sim

#include "estimators/influence/analysis/analysis.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "base/expects.hpp"
#include "estimators/influence/analysis/affordable.hpp"
#include "estimators/influence/analysis/ranking.hpp"
#include "estimators/influence/analysis/stretches.hpp"
#include "estimators/influence/removals/effects.hpp"

namespace fisherlab::estimators::influence {
namespace {

Vector gradient_of(Analysis const& analysis, Target const& target) {
  return test_gradient(analysis.minimum.risk.problem, target.rows, analysis.minimum.theta);
}

double actual_effect(Analysis const& analysis, Target const& target, Refit const& refit) {
  return effect(analysis.minimum.risk.problem, target.rows, analysis.minimum.theta, refit.change);
}

EffectOn effect_on(Target target, Analysis const& analysis) {
  auto const& [risk, theta] = analysis.minimum;
  Vector const gradient = gradient_of(analysis, target);
  EffectOn effect;
  effect.predicted = predicted_effects(gradient, analysis.first);
  effect.second_order = second_order_effects(risk.problem, target.rows, theta, analysis.first, analysis.second);
  effect.one_step = predicted_effects(gradient, analysis.one_step);
  effect.actual = Vector::Constant(analysis.first.rows(), std::numeric_limits<double>::quiet_NaN());
  effect.target = std::move(target);
  return effect;
}

GroupEffect effect_of(Group group, Target const& target, InverseHessian const& inverse, Analysis const& analysis) {
  auto const& [risk, theta] = analysis.minimum;
  auto const convention = analysis.convention;
  Matrix const first = first_order_group(analysis.minimum, group.rows, convention, inverse).transpose();
  Matrix const second = second_order_group(analysis.minimum, group.rows, convention, inverse).transpose();
  return {.group = std::move(group),
          .predicted = predicted_effects(gradient_of(analysis, target), first)(0),
          .second_order = second_order_effects(risk.problem, target.rows, theta, first, second)(0)};
}

/// Of all rows at once, whose changes are all kept.
void look_at_all_rows(Analysis& analysis, std::vector<Target>& targets, InverseHessian const& inverse, int threads) {
  auto const& minimum = analysis.minimum;
  analysis.kept.resize(static_cast<std::size_t>(minimum.risk.data->rows()));
  std::iota(analysis.kept.begin(), analysis.kept.end(), 0);
  analysis.first = first_order_removals(minimum, analysis.convention, inverse, &analysis.solutions, threads);
  if (!analysis.is_solved()) return;
  analysis.one_step = one_step_removals(minimum, analysis.convention, threads);
  analysis.self_influence = self_influence(minimum, inverse);
  Weight const weight{predicted_effects(gradient_of(analysis, targets.front()), analysis.first),
                      analysis.self_influence, minimum.risk.problem.outputs(*minimum.risk.data, minimum.theta).cols()};
  analysis.second = affordable_second_order(minimum, analysis.convention, inverse, weight, threads);
  analysis.reliability = reliability(analysis.first, analysis.second);
  for (auto& target : targets) analysis.effects.push_back(effect_on(std::move(target), analysis));
}

}  // namespace

std::optional<Eigen::Index> Analysis::place_of(int row) const {
  auto const found = std::lower_bound(kept.begin(), kept.end(), row);
  if (found == kept.end() || *found != row) return std::nullopt;
  return found - kept.begin();
}

bool Analysis::is_solved() const {
  return std::all_of(solutions.begin(), solutions.end(), [](auto const& solution) { return solution.solved; });
}

// NOLINTNEXTLINE(performance-unnecessary-value-param): either walk moves from the targets
Analysis analyse_removals(Minimum minimum, std::vector<Target> targets, std::vector<Group> groups,
                          AnalysisSettings const& settings) {
  expects(!targets.empty(), "there is no target (effects are on the loss of some test rows), give at least one");
  Analysis analysis{.minimum = std::move(minimum), .convention = settings.convention};
  InverseHessian const inverse(analysis.minimum.risk, analysis.minimum.theta, settings.solver);
  auto const& [risk, theta] = analysis.minimum;
  double const numbers = static_cast<double>(risk.data->rows()) * static_cast<double>(theta.size());
  bool const keeps_all = numbers <= settings.most_kept;
  (keeps_all ? look_at_all_rows : look_in_stretches)(analysis, targets, inverse, settings.threads);
  if (!analysis.is_solved()) return analysis;
  analysis.losses = risk.problem.losses(*risk.data, theta);
  analysis.outputs = risk.problem.outputs(*risk.data, theta);
  if (has_leverage(analysis.minimum)) analysis.leverage = leverages(analysis.minimum, keeps_all);
  auto const& first_target = analysis.effects.front().target;
  for (auto& group : groups) analysis.groups.push_back(effect_of(std::move(group), first_target, inverse, analysis));
  return analysis;
}

std::vector<int> most_influential(Analysis const& analysis) {
  return ranked(analysis.effects.front().predicted.cwiseAbs());
}

void add_refits(Analysis& analysis, std::vector<Refit> refits) {
  for (auto& refit : refits) {
    for (auto& effect : analysis.effects)
      effect.actual[refit.rows.front()] = actual_effect(analysis, effect.target, refit);
    analysis.refits.push_back(std::move(refit));
  }
}

void add_group_refits(Analysis& analysis, std::size_t first, std::vector<Refit> const& refits) {
  auto const& target = analysis.effects.front().target;
  for (std::size_t k = 0; k < refits.size(); ++k)
    if (!refits[k].change.hasNaN()) analysis.groups[first + k].actual = actual_effect(analysis, target, refits[k]);
}

}  // namespace fisherlab::estimators::influence

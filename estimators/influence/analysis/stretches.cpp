#include "estimators/influence/analysis/stretches.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "estimators/influence/analysis/affordable.hpp"
#include "estimators/influence/analysis/ranking.hpp"
#include "estimators/influence/removals/effects.hpp"
#include "estimators/influence/removals/removal_parts.hpp"

namespace fisherlab::estimators::influence {
namespace {

Vector unknown(Eigen::Index n) { return Vector::Constant(n, std::numeric_limits<double>::quiet_NaN()); }

/// The solutions in rows, NaN where there is none; they keep how they were solved alone.
Matrix taken_from(std::vector<Solution>& solutions, Eigen::Index p) {
  Matrix x(static_cast<Eigen::Index>(solutions.size()), p);
  for (Eigen::Index k = 0; k < x.rows(); ++k) {
    auto& solution = solutions[static_cast<std::size_t>(k)];
    x.row(k) = (solution.solved ? solution.x : unknown(p)).transpose();
    solution.x = Vector();
  }
  return x;
}

/// What a look at all rows leaves of them.
struct Numbers {
  std::vector<Vector> predicted, one_step;  ///< effects on each target
  Vector self_influence;
  std::vector<Solution> solutions;
  Solution of_penalty;  ///< of the gradient of the penalty, which c_k may have and a row's own gradient has not
};

Numbers numbers_of(Analysis const& analysis, std::vector<Vector> const& gradients, InverseHessian const& inverse,
                   OneStep const& one_step, int threads) {
  Risk const& risk = analysis.minimum.risk;
  Vector const& theta = analysis.minimum.theta;
  int const n = risk.data->rows();
  Vector const penalty = penalty_curvature(risk, analysis.convention).cwiseProduct(theta);
  std::vector<Vector> const each(gradients.size(), unknown(n));
  Numbers all{each, each, Vector(n), std::vector<Solution>(static_cast<std::size_t>(n)), inverse.solve(penalty)};
  for_stretches(n, [&](int first, int last) {
    Eigen::Index const size = last - first;
    Data const rows = stretch_of(*risk.data, first, last);
    Matrix const removed = removed_gradients(risk, rows, theta, analysis.convention);
    auto found = inverse.solve_each(removed.transpose(), threads);
    Matrix const x = taken_from(found, theta.size());
    std::ranges::move(found, all.solutions.begin() + first);
    Matrix const steps = one_step.removals(rows, removed, threads);
    for (std::size_t t = 0; t < gradients.size(); ++t) {
      all.predicted[t].segment(first, size) = x * gradients[t] / n;
      all.one_step[t].segment(first, size) = steps * gradients[t];
    }
    all.self_influence.segment(first, size) = (removed.rowwise() - penalty.transpose())
                                                  .cwiseProduct(x.rowwise() - all.of_penalty.x.transpose())
                                                  .rowwise()
                                                  .sum();
  });
  return all;
}

/// Those that matter and those that a report names, each once, in rising order.
std::vector<int> kept_rows(Weight const& weight, Eigen::Index p) {
  auto rows = rows_that_matter(weight, p);
  auto const named = named_rows(weight.effect, weight.self_influence).all();
  rows.insert(rows.end(), named.begin(), named.end());
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

void add_changes(Analysis& analysis, InverseHessian const& inverse, OneStep const& one_step, int threads) {
  auto const& [risk, theta] = analysis.minimum;
  Data const rows = rows_of(*risk.data, analysis.kept);
  Matrix const removed = removed_gradients(risk, rows, theta, analysis.convention);
  auto found = inverse.solve_each(removed.transpose(), threads);
  analysis.first = taken_from(found, theta.size()) / risk.data->rows();
  analysis.one_step = one_step.removals(rows, removed, threads);
  analysis.second.resize(rows.rows(), theta.size());
  for (int k = 0; k < rows.rows(); ++k) {
    auto const row = analysis.kept[static_cast<std::size_t>(k)];
    analysis.second.row(k) = second_order_group(analysis.minimum, {row}, analysis.convention, inverse).transpose();
  }
  analysis.reliability = unknown(risk.data->rows());
  analysis.reliability(analysis.kept) = reliability(analysis.first, analysis.second);
}

}  // namespace

void look_in_stretches(Analysis& analysis, std::vector<Target>& targets, InverseHessian const& inverse, int threads) {
  auto const& [risk, theta] = analysis.minimum;
  std::vector<Vector> gradients;
  for (auto const& target : targets) gradients.push_back(test_gradient(risk.problem, target.rows, theta));
  OneStep const one_step(analysis.minimum, analysis.convention);
  auto numbers = numbers_of(analysis, gradients, inverse, one_step, threads);
  analysis.solutions = std::move(numbers.solutions);
  if (!analysis.is_solved()) return;
  solved(numbers.of_penalty);
  analysis.self_influence = std::move(numbers.self_influence);
  analysis.kept = kept_rows({numbers.predicted.front(), analysis.self_influence, 1}, theta.size());
  add_changes(analysis, inverse, one_step, threads);
  for (std::size_t t = 0; t < targets.size(); ++t) {
    EffectOn effect{.target = std::move(targets[t]),
                    .predicted = std::move(numbers.predicted[t]),
                    .second_order = unknown(risk.data->rows()),
                    .one_step = std::move(numbers.one_step[t]),
                    .actual = unknown(risk.data->rows())};
    effect.second_order(analysis.kept) =
        second_order_effects(risk.problem, effect.target.rows, theta, analysis.first, analysis.second);
    analysis.effects.push_back(std::move(effect));
  }
}

}  // namespace fisherlab::estimators::influence

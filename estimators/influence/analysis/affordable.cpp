#include "estimators/influence/analysis/affordable.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include "estimators/influence/analysis/ranking.hpp"

namespace fisherlab::estimators::influence {
namespace {

constexpr double most_work = 4e9;  ///< about ten seconds
constexpr std::ptrdiff_t most_effects = 250;
constexpr std::ptrdiff_t most_suspects = 50;

/// The first `most` of `rows` are added to `to`.
void add_first(std::vector<int> const& rows, std::ptrdiff_t most, std::vector<int>& to) {
  to.insert(to.end(), rows.begin(), rows.begin() + std::min(std::ssize(rows), most));
}

}  // namespace

Matrix affordable_second_order(Minimum const& minimum, Convention convention, InverseHessian const& inverse,
                               Weight const& weight, int threads) {
  auto const n = weight.effect.size(), p = minimum.theta.size();
  double const work = static_cast<double>(n) * static_cast<double>(n) * static_cast<double>(p + 10 * weight.outputs);
  if (work <= most_work) return second_order_removals(minimum, convention, inverse, threads);
  std::vector<int> rows;
  add_first(ranked(weight.effect.cwiseAbs()), most_effects, rows);
  add_first(ranked(weight.self_influence), most_suspects, rows);
  Matrix second = Matrix::Constant(n, p, std::numeric_limits<double>::quiet_NaN());
  for (int const row : rows) second.row(row) = second_order_group(minimum, {row}, convention, inverse).transpose();
  return second;
}

}  // namespace fisherlab::estimators::influence

#include "estimators/influence/analysis/affordable.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include "estimators/influence/analysis/ranking.hpp"

namespace fisherlab::estimators::influence {
namespace {

constexpr double most_work = 4e9;  ///< about ten seconds
constexpr double most_effects = 250;
constexpr double most_suspects = 50;
constexpr double fewest = 10;  ///< of each, however large the data

/// The first `most` of `rows` are added to `to`.
void add_first(std::vector<int> const& rows, std::ptrdiff_t most, std::vector<int>& to) {
  to.insert(to.end(), rows.begin(), rows.begin() + std::min(std::ssize(rows), most));
}

}  // namespace

std::vector<int> rows_that_matter(Weight const& weight, Eigen::Index p) {
  double const numbers = static_cast<double>(weight.effect.size()) * static_cast<double>(p);
  double const share = std::min(1.0, most_work / (numbers * (most_effects + most_suspects)));
  auto const count = [share](double most) { return static_cast<std::ptrdiff_t>(std::max(fewest, share * most)); };
  std::vector<int> rows;
  add_first(ranked(weight.effect.cwiseAbs()), count(most_effects), rows);
  add_first(ranked(weight.self_influence), count(most_suspects), rows);
  return rows;
}

Matrix affordable_second_order(Minimum const& minimum, Convention convention, InverseHessian const& inverse,
                               Weight const& weight, int threads) {
  auto const n = weight.effect.size(), p = minimum.theta.size();
  double const work = static_cast<double>(n) * static_cast<double>(n) * static_cast<double>(p + 10 * weight.outputs);
  if (work <= most_work) return second_order_removals(minimum, convention, inverse, threads);
  Matrix second = Matrix::Constant(n, p, std::numeric_limits<double>::quiet_NaN());
  for (int const row : rows_that_matter(weight, p))
    second.row(row) = second_order_group(minimum, {row}, convention, inverse).transpose();
  return second;
}

}  // namespace fisherlab::estimators::influence

#include "runs/influence/collinear.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "base/dense/cholesky.hpp"
#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "estimators/influence/problems/design.hpp"
#include "estimators/regression/design.hpp"
#include "runs/diagnosis/regression/fitted_formula.hpp"

namespace fisherlab::runs {
namespace {

/// Whether each column has a thousandth of its length for itself, as the products of the columns tell: far more than
/// the 1e-7 at which one counts as dependent, and than what rounding does to the products of 10^7 rows.
bool are_far_from_dependent(estimators::influence::Data const& data) {
  constexpr double least = 1e-6;  // the square
  Eigen::MatrixXd products = estimators::influence::weighted_gram(data, Eigen::VectorXd::Ones(data.inputs.rows()));
  if (!data.has_intercept) products = products.bottomRightCorner(data.inputs.cols(), data.inputs.cols()).eval();
  Eigen::VectorXd const lengths = products.diagonal().cwiseSqrt();
  if (!products.allFinite() || !(lengths.array() > 0).all()) return false;
  auto const inverse = lengths.cwiseInverse().asDiagonal();
  Cholesky const factor(inverse * products * inverse);
  return factor.positive_definite() && factor.smallest_pivot() > least;
}

}  // namespace

void check_independent_columns(InfluenceData const& data) {
  constexpr int most = 200;
  auto const& train = data.train;
  if (train.dimension() > most || are_far_from_dependent(train)) return;
  Eigen::Index const n = train.inputs.rows(), shift = train.has_intercept ? 1 : 0;
  Eigen::MatrixXd x = Eigen::MatrixXd::Ones(n, train.inputs.cols() + shift);
  x.rightCols(train.inputs.cols()) = train.inputs;
  std::vector<std::string> names;
  if (train.has_intercept) names.emplace_back("(Intercept)");
  names.insert(names.end(), train.columns.begin(), train.columns.end());
  estimators::RegressionDesign const design(std::move(x), Eigen::VectorXd::Ones(n), Eigen::VectorXd::Zero(n));
  if (design.dependent().empty()) return;
  auto const& first = design.dependent().front();
  auto const sum = combination(names, design.kept(), first.shares);
  throw InputError(fmt::format(
      "'{}': the input {} is {} in every row (collinear: the Hessian is not positive definite), leave it out or give a "
      "penalty, as --l2 0.01",
      data.name, clipped(names[static_cast<std::size_t>(first.column)], 60), sum.empty() ? "0" : clipped(sum, 120)));
}

}  // namespace fisherlab::runs

#include "runs/influence/collinear.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "estimators/regression/design.hpp"
#include "runs/diagnosis/regression/fitted_formula.hpp"

namespace fisherlab::runs {

void check_independent_columns(InfluenceData const& data) {
  constexpr int most = 200;
  auto const& train = data.train;
  if (train.dimension() > most) return;
  Eigen::Index const n = train.inputs.rows(), shift = train.has_intercept ? 1 : 0;
  estimators::RegressionData regression{Eigen::MatrixXd::Ones(n, train.inputs.cols() + shift), Eigen::VectorXd::Zero(n),
                                        Eigen::VectorXd::Ones(n), Eigen::VectorXd::Zero(n)};
  regression.x.rightCols(train.inputs.cols()) = train.inputs;
  std::vector<std::string> names;
  if (train.has_intercept) names.emplace_back("(Intercept)");
  names.insert(names.end(), train.columns.begin(), train.columns.end());
  estimators::RegressionDesign const design(regression);
  if (design.dependent().empty()) return;
  auto const& first = design.dependent().front();
  auto const sum = combination(names, design.kept(), first.shares);
  throw InputError(fmt::format(
      "'{}': the input {} is {} in every row (collinear: the Hessian is not positive definite), leave it out or give a "
      "penalty, as --l2 0.01",
      data.name, clipped(names[static_cast<std::size_t>(first.column)], 60), sum.empty() ? "0" : clipped(sum, 120)));
}

}  // namespace fisherlab::runs

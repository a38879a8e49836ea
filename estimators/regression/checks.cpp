#include "estimators/regression/checks.hpp"

#include <algorithm>
#include <functional>
#include <memory>

#include "estimators/regression/check_sums.hpp"

namespace fisherlab::estimators {
namespace {

using Eigen::Index;
using sim::Lanes;

constexpr double least_part = 1e-8;  ///< of eta^2 that must be its own
constexpr Index most_sorted = 50'000;

bool has_intercept(RegressionDesign const& design) {
  auto const ones = design.coordinates(Eigen::VectorXd::Ones(design.rows()));
  double rest = 0, length = 0;
  for (Index i = 0; i < design.rows(); ++i) {
    double fitted = 0;
    for (Index j = 0; j < design.rank(); ++j) fitted += design.row(i)[j] * ones[j];
    rest += design.weight(i) * (1 - fitted) * (1 - fitted);
    length += design.weight(i);
  }
  return rest < 1e-16 * length;
}

}  // namespace

std::vector<RegressionCheck> checks_for(RegressionDesign const& design, Eigen::VectorXd const& y,
                                        RegressionFit const& fit) {
  std::vector<RegressionCheck> result;
  bool has_trials = false, has_one_weight = true;
  for (Index i = 0; i < design.rows(); ++i) {
    has_trials = has_trials || design.weight(i) > 1;
    has_one_weight = has_one_weight && design.weight(i) == design.weight(0);
  }
  bool const is_linear = fit.family == Family::linear;
  if (!is_linear && (fit.family != Family::logistic || has_trials)) result.push_back(RegressionCheck::dispersion);
  auto const parts = link_parts(residuals_at(fit.family, design, y, fit.point()));
  bool const is_own = parts.own[0] > least_part * parts.length[0] && fit.residual_degrees > 1;
  if (is_own) result.push_back(RegressionCheck::link);
  if (is_linear && has_one_weight && has_intercept(design) && design.rank() > 1)
    result.push_back(RegressionCheck::variance);
  if (is_linear && design.rows() <= most_sorted) result.push_back(RegressionCheck::normality);
  bool const is_sorted = std::is_sorted(y.begin(), y.end()) || std::is_sorted(y.begin(), y.end(), std::greater<>());
  if (design.rows() >= 10 && !is_sorted) result.push_back(RegressionCheck::neighbours);
  return result;
}

std::vector<Lanes> check_statistics(std::vector<RegressionCheck> const& checks, LaneResiduals const& residuals) {
  std::vector<std::unique_ptr<CheckSum>> sums;
  for (auto const check : checks) sums.push_back(check_sum(check, residuals));
  residuals.for_each([&](Index i, LaneRow const& row, Lanes const& leverage) {
    for (auto const& sum : sums) sum->add(i, row, leverage);
  });
  std::vector<Lanes> result;
  for (auto const& sum : sums) result.push_back(sum->statistic());
  return result;
}

}  // namespace fisherlab::estimators

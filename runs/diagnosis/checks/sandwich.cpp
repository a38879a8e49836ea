#include "runs/diagnosis/checks/sandwich.hpp"

#include <Eigen/Core>
#include <cmath>

#include "base/dense/inverse.hpp"
#include "estimators/rows/rows_model.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::runs {

std::vector<double> sandwich_std_errors(FittedData const& fitted, std::vector<double> const& values) {
  auto const theta = fitted.law().theta;
  auto const p = theta.size(), q = sim::packed_size(p);
  estimators::RowsModel const rows(*fitted.model, values);
  std::vector<sim::Lanes> const at(theta.begin(), theta.end());
  std::vector<sim::Lanes> score(p), outer(q), hessian(q);
  rows.score_products(rows.stand_in(), at.data(), score.data(), outer.data(), hessian.data());
  auto const matrix = [p](std::vector<sim::Lanes> const& packed) {
    Eigen::MatrixXd result(p, p);
    for (std::size_t a = 0; a < p; ++a)
      for (std::size_t b = 0; b < p; ++b)
        result(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b)) = packed[sim::packed_index(a, b)][0];
    return result;
  };
  auto const half = inverse(matrix(hessian));
  Eigen::MatrixXd const whole = half * matrix(outer) * half;
  std::vector<double> result;
  for (Eigen::Index a = 0; a < whole.rows(); ++a) result.push_back(std::sqrt(whole(a, a)));
  return result;
}

}  // namespace fisherlab::runs

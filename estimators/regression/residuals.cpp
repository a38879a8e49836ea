#include "estimators/regression/residuals.hpp"

#include "sim/math/cholesky.hpp"

namespace fisherlab::estimators {

using sim::Lanes;

Lanes LaneResiduals::leverage_of(LaneRow const& row, double const* z, std::vector<Lanes>& part) const {
  for (std::size_t j = 0; j < part.size(); ++j) part[j] = z[j];
  sim::solve_lower(factor.data(), static_cast<int>(part.size()), part.data());
  Lanes square = 0.0;
  for (auto const& each : part) square += each * each;
  return row.expected * square;
}

LaneResiduals residuals_at(Family family, RegressionDesign const& design, Responses const& y, LanePoint const& point) {
  auto const p = static_cast<std::size_t>(design.rank());
  LaneResiduals r{family, design, y, point, std::vector<Lanes>(p * (p + 1) / 2, Lanes(0.0))};
  double const n = static_cast<double>(design.rows()), left = n - static_cast<double>(p);
  Lanes squares = 0.0;
  for_each_row(family, design, y, point, [&](Eigen::Index i, LaneRow const& row) {
    add_product(design.row(i), row.expected, p, r.factor.data());
    r.centre += row.eta / n;
    squares += squared_residual(row);
  });
  sim::factorise(r.factor.data(), static_cast<int>(p));
  if (family == Family::linear) r.dispersion = squares / left;
  return r;
}

std::vector<Lanes> standardised(LaneResiduals const& r) {
  std::vector<Lanes> result;
  result.reserve(static_cast<std::size_t>(r.design.rows()));
  r.for_each([&](Eigen::Index, LaneRow const& row, Lanes const& leverage) {
    result.push_back(row.score / sqrt(row.expected * r.dispersion * max(1.0 - leverage, Lanes(1e-10))));
  });
  return result;
}

}  // namespace fisherlab::estimators

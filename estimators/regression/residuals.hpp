#pragma once

#include <vector>

#include "base/api.hpp"
#include "estimators/regression/lane_fit.hpp"

namespace fisherlab::estimators {

/// A fit of eight samples with what checks and standard errors share. Looks into design and responses: rows are
/// computed where they are asked for.
struct LaneResiduals {
  Family family;
  RegressionDesign const& design;
  Responses y;
  LanePoint point;
  std::vector<sim::Lanes> factor;  ///< of Z' diag(expected) Z, packed
  sim::Lanes centre = 0.0;         ///< mean of the linear predictors
  sim::Lanes dispersion = 1.0;     ///< s^2 of the normal law, else 1

  /// Calls visit(i, row, leverage) for each row in order.
  template <class Visit>
  void for_each(Visit const& visit) const {
    std::vector<sim::Lanes> part(static_cast<std::size_t>(design.rank()));
    for_each_row(family, design, y, point,
                 [&](Eigen::Index i, LaneRow const& row) { visit(i, row, leverage_of(row, design.row(i), part)); });
  }

 private:
  FISHERLAB_API sim::Lanes leverage_of(LaneRow const& row, double const* z, std::vector<sim::Lanes>& part) const;
};

FISHERLAB_API LaneResiduals residuals_at(Family family, RegressionDesign const& design, Responses const& y,
                                         LanePoint const& point);

/// The squared Pearson residual of a row without the dispersion; 0 where the variance underflowed.
inline sim::Lanes squared_residual(LaneRow const& row) {
  return select(row.expected > sim::Lanes(0.0), row.score * row.score / row.expected, sim::Lanes(0.0));
}

/// Pearson residuals of all rows over sqrt(dispersion (1 - h)).
FISHERLAB_API std::vector<sim::Lanes> standardised(LaneResiduals const& residuals);

}  // namespace fisherlab::estimators

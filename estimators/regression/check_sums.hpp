#pragma once

#include <memory>
#include <vector>

#include "estimators/regression/checks.hpp"

namespace fisherlab::estimators {

/// What one check sums over the rows of a fit.
class CheckSum {
 public:
  CheckSum() = default;
  CheckSum(CheckSum const&) = delete;
  CheckSum& operator=(CheckSum const&) = delete;
  virtual ~CheckSum() = default;

  virtual void add(Eigen::Index i, LaneRow const& row, sim::Lanes const& leverage) = 0;
  /// When all rows were added.
  virtual sim::Lanes statistic() const = 0;
};

/// Keeps a reference to the residuals.
std::unique_ptr<CheckSum> check_sum(RegressionCheck check, LaneResiduals const& residuals);

/// Numerator and denominator of the score test for the link, and the length of eta^2 to compare the latter with. The
/// squares are taken about the mean of eta, which changes nothing where there is an intercept and keeps digits.
struct LinkParts {
  sim::Lanes numerator = 0.0, own = 0.0, length = 0.0;
};
LinkParts link_parts(LaneResiduals const& residuals);

}  // namespace fisherlab::estimators

#include <cmath>
#include <limits>

#include "estimators/interval_end.hpp"
#include "estimators/regression/regression.hpp"
#include "sim/math/cholesky.hpp"

namespace fisherlab::estimators {
namespace {

using Eigen::Index;
using sim::Lanes;

/// Twice the log likelihood ratio of eight values of one coefficient.
class ProfileRatio {
 public:
  ProfileRatio(RegressionDesign const& design, Eigen::VectorXd const& y, RegressionFit const& fit, std::size_t a)
      : design_(design),
        fit_(fit),
        y_(y),
        constraint_{design.contrast(static_cast<Index>(a))},
        estimate_(fit.coefficients[a].estimate),
        along_(static_cast<std::size_t>(design.rank()), Lanes(0.0)) {
    auto const factor = lane_factor(design, fit.expected);
    for (std::size_t j = 0; j < along_.size(); ++j) along_[j] = constraint_.c[static_cast<Index>(j)];
    sim::solve_factorised(factor.data(), static_cast<int>(along_.size()), along_.data());
    Lanes unit = 0.0;
    for (std::size_t j = 0; j < along_.size(); ++j) unit += constraint_.c[static_cast<Index>(j)] * along_[j];
    for (auto& each : along_) each = each / unit;
    at_maximum_ = fit_lanes(fit.family, design, y_, fit.point()).log_likelihood[0];
  }

  /// From the estimate along the tangent of the profile.
  Lanes operator()(Lanes const& values) const {
    auto start = fit_.point();
    for (std::size_t j = 0; j < along_.size(); ++j) start.gamma[j] += (values - estimate_) * along_[j];
    auto const restricted = fit_lanes(fit_.family, design_, y_, start, &constraint_);
    return select(sim::to_mask(restricted.found), 2.0 * (at_maximum_ - restricted.log_likelihood),
                  Lanes(std::numeric_limits<double>::quiet_NaN()));
  }

 private:
  RegressionDesign const& design_;
  RegressionFit const& fit_;
  Responses y_;
  LaneConstraint constraint_;
  double estimate_;
  std::vector<Lanes> along_;  ///< d gamma/d beta_a along the profile, at the estimate
  double at_maximum_ = 0;
};

}  // namespace

Bounds regression_ratio_interval(RegressionDesign const& design, Eigen::VectorXd const& y, RegressionFit const& fit,
                                 std::size_t a, double z) {
  auto const& k = fit.coefficients[a];
  if (fit.family == Family::linear) {
    double const n = static_cast<double>(design.rows());
    double const reach = k.std_error * std::sqrt(fit.residual_degrees * sim::expm1(z * z / n));
    return {k.estimate - reach, k.estimate + reach};
  }
  ProfileRatio const ratio(design, y, fit, a);
  Statistic const statistic = [&](Lanes const& values) { return ratio(values); };
  double const width = z * k.std_error;
  return {interval_end(statistic, {sim::Domain::real, k.estimate, -width, z * z}),
          interval_end(statistic, {sim::Domain::real, k.estimate, width, z * z})};
}

}  // namespace fisherlab::estimators

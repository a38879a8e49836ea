#pragma once

#include <vector>

#include "base/api.hpp"
#include "estimators/regression/regression.hpp"
#include "estimators/regression/residuals.hpp"

namespace fisherlab::estimators {

/// What can be asked of a fitted regression.
enum class RegressionCheck {
  dispersion,  ///< Pearson's chi-square over n - p
  link,        ///< score test that eta^2 adds nothing to the linear predictor (Tukey 1949; Pregibon 1980)
  variance,    ///< n R^2 of squared residuals on the inputs (Breusch and Pagan 1979, as Koenker 1981 has it)
  normality,   ///< Anderson-Darling of the residuals over s sqrt(1 - h)
  neighbours,  ///< correlation of the Pearson residuals of neighbouring rows
};

/// The checks that make sense for this fit: dispersion where a row is more than one trial, link where eta^2 is no
/// combination of the inputs, variance and normality for the normal law (variance for equal weights, normality up to
/// 50,000 rows), neighbours from ten rows on where the rows are not sorted by y.
FISHERLAB_API std::vector<RegressionCheck> checks_for(RegressionDesign const& design, Eigen::VectorXd const& y,
                                                      RegressionFit const& fit);

/// The statistic of each check.
FISHERLAB_API std::vector<sim::Lanes> check_statistics(std::vector<RegressionCheck> const& checks,
                                                       LaneResiduals const& residuals);

}  // namespace fisherlab::estimators

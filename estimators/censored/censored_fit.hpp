#pragma once

#include <vector>

#include "base/api.hpp"
#include "estimators/censored/life_law.hpp"
#include "estimators/intervals.hpp"
#include "estimators/maximise.hpp"

namespace fisherlab::estimators {

/// A sample of which some observations are known to be larger than their value alone (right-censored).
struct CensoredSample {
  std::vector<double> times;      ///< the observation, or where it was given up
  std::vector<char> is_observed;  ///< 1, or 0 for one given up
};

/// The maximum likelihood estimate of a censored sample.
struct CensoredFit {
  bool found = false;
  std::vector<double> theta;       ///< where the search ended
  double log_likelihood = 0;       ///< there
  std::vector<double> std_errors;  ///< from the observed information; NaN where it is not positive definite
};

/// Maximises sum over the observed of log p(x_i; theta) + sum over the others of log P(X > x_i; theta), outside the
/// parameters in `fixed`, by Newton steps in coordinates without units (logs of positive parameters; locations in
/// units of the starting scale), with derivatives from central differences, which cost the estimate about
/// 1e-8 of a standard error. Eight thetas are evaluated side by side. One or two parameters.
/// `start`: theta, of which the fixed ones are kept.
/// Source: Kalbfleisch and Prentice (2002), The Statistical Analysis of Failure Time Data, section 3.5.
FISHERLAB_API CensoredFit fit_censored(LifeLaw const& law, CensoredSample const& sample,
                                       std::vector<double> const& start, ParameterSet fixed = 0);

/// The values of component a that the profile likelihood-ratio test does not reject at z^2.
FISHERLAB_API Bounds censored_ratio_interval(LifeLaw const& law, CensoredSample const& sample, CensoredFit const& fit,
                                             std::size_t a, double z);

}  // namespace fisherlab::estimators

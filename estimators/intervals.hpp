#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/api.hpp"
#include "estimators/closed_intervals.hpp"
#include "sim/models/interface/any_model.hpp"

namespace fisherlab::estimators {

/// An interval with its name.
struct NamedBounds {
  std::string name;  ///< "Student's t"
  Bounds bounds;
};

/// One parameter fitted to one sample of real data.
struct FittedParameter {
  std::string name;                       ///< of the parameter
  double estimate = 0;                    ///< theta hat
  double std_error = 0;                   ///< from the expected information at the estimate
  double observed_std_error = 0;          ///< from minus the Hessian at the estimate
  Bounds wald;                            ///< estimate -+ z std_error
  Bounds score;                           ///< values that Rao's test does not reject
  Bounds likelihood_ratio;                ///< values that the profile likelihood-ratio test does not reject
  std::vector<NamedBounds> further = {};  ///< those of closed_intervals(), and what a caller adds
  bool has_expected = true;               ///< there is an expected information; else score is by the observed one
};

/// A model fitted to one sample.
struct FittedModel {
  bool found = false;                       ///< whether the estimate exists
  double log_likelihood = 0;                ///< at the estimate
  std::vector<FittedParameter> parameters;  ///< in the order of theta
};

/// How a fit to many observations is worked off; its bits do not depend on it.
struct FitWork {
  int threads = 1;                                 ///< for the intervals; 0: one a core
  std::function<void(std::int64_t done)> advance;  ///< told after the intervals of each parameter; may be empty
  bool without_intervals = false;                  ///< but Wald's
};

/// Fits a model to one sample and inverts the three tests into intervals of level `level`. Where a test rejects no
/// value towards one side, the interval ends at the edge of the parameter space. An end that was not found, because a
/// search failed before a sign change or the absence of one was proven, is NaN: it is not known. Intervals of an angle
/// contain the estimate: their ends are not brought back into (-pi, pi], and span a turn at most.
/// Outside the hypotheses a test may reject the estimate itself (Rao's for the uniform law); its interval is then NaN.
/// So is the observed standard error where there is no negative definite Hessian, as at an estimate on the edge.
/// `observations`: n values (models of one coordinate).
/// @throws InputError when an observation is outside the model's support.
FISHERLAB_API FittedModel fit_data(sim::BatchModel const& model, std::vector<double> const& observations, double level,
                                   FitWork const& work = {});

/// The values of component `a` whose profile likelihood-ratio statistic is at most `cut_off`, which stands in place of
/// the quantile of chi-squared; ends as in fit_data(). `fitted`: what fit_data() gave for these observations.
FISHERLAB_API Bounds likelihood_ratio_bounds(sim::BatchModel const& model, std::vector<double> const& observations,
                                             FittedModel const& fitted, std::size_t a, double cut_off);

}  // namespace fisherlab::estimators

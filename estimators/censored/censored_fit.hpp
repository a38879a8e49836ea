#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "base/api.hpp"
#include "estimators/censored/life_law.hpp"
#include "estimators/intervals.hpp"
#include "estimators/maximise.hpp"
#include "sim/models/interface/quantity.hpp"

namespace fisherlab::estimators {

/// A sample of which some observations are known to be larger than their value alone (right-censored), or to lie
/// between two values.
struct CensoredSample {
  std::vector<double> times;        ///< the observation, or the lower end of where it lies, -infinity for none
  std::vector<char> is_observed;    ///< 1, or 0 for one that was not seen itself
  std::vector<double> uppers = {};  ///< the upper end of each that was not seen, infinite for none; empty: all are

  FISHERLAB_API double upper(std::size_t i) const;  ///< of where observation i lies: itself where it was seen
};

/// The maximum likelihood estimate of a censored sample.
struct CensoredFit {
  bool found = false;
  std::vector<double> theta;       ///< where the search ended
  double log_likelihood = 0;       ///< there
  std::vector<double> std_errors;  ///< from the observed information; NaN where it is not positive definite
  std::vector<double> covariance;  ///< its inverse, packed (sim::packed_index)
};

/// Maximises sum over the observed of log p(x_i; theta) + sum over the others of log P(l_i < X <= u_i; theta), outside
/// the parameters in `fixed`, by Newton steps in coordinates without units (logs of positive parameters; locations in
/// units of the starting scale), with derivatives from central differences of eight thetas side by side. They cost the
/// estimate about 1e-8 of a standard error, and the standard errors up to 1e-5 of their value. One or two parameters.
/// None is found where may_have_maximum() denies it, nor where ends leave the parameters untold apart.
/// `start`: theta, of which the fixed ones are kept.
/// Source: Kalbfleisch and Prentice (2002), The Statistical Analysis of Failure Time Data, section 3.5.
FISHERLAB_API CensoredFit fit_censored(LifeLaw const& law, CensoredSample const& sample,
                                       std::vector<double> const& start, ParameterSet fixed = 0);

/// The fit with standard errors and covariance to some 1e-9, by differences over two longer steps, of which the first
/// error is taken out.
FISHERLAB_API CensoredFit with_careful_errors(LifeLaw const& law, CensoredSample const& sample, CensoredFit fit);

/// Whether the likelihood may have a maximum: there is an upper end; of the exponential law a lower end above 0; of a
/// law with a scale no one value that all may have had, at which a law that shrinks to a point would be the likeliest.
FISHERLAB_API bool may_have_maximum(LifeLaw const& law, CensoredSample const& sample);

/// Minus the Hessian of the log likelihood at theta, packed.
FISHERLAB_API std::vector<double> censored_information(LifeLaw const& law, CensoredSample const& sample,
                                                       std::vector<double> const& theta);

/// The sum over observations of score score', packed; scores by central differences.
FISHERLAB_API std::vector<double> censored_score_products(LifeLaw const& law, CensoredSample const& sample,
                                                          std::vector<double> const& theta);

/// A function of theta and what it is to be, both on a scale on which the function has no ends.
struct Constraint {
  /// The function with its gradient; nothing where it does not exist.
  std::function<std::optional<sim::Functional>(std::vector<double> const& theta)> function;
  double value = 0;
};

/// Maximises the log likelihood under a constraint, from `start`: Newton steps on the Lagrangian with minus the Hessian
/// of the likelihood, each shortened until -l + nu |value - function| falls. Found where the constraint is met and what
/// is left of the step is below 1e-5 standard errors; the standard errors are left empty.
/// Source: Cox and Hinkley (1974), Theoretical Statistics, section 9.3.
FISHERLAB_API CensoredFit fit_censored_under(LifeLaw const& law, CensoredSample const& sample,
                                             std::vector<double> const& start, Constraint const& constraint);

/// A component of theta that is not free.
struct Held {
  std::size_t parameter = 0;
  double value = 0;
};

/// The maximum with one component held, searched from where the normal approximation at `fit` expects it.
FISHERLAB_API CensoredFit fit_censored_at(LifeLaw const& law, CensoredSample const& sample, CensoredFit const& fit,
                                          Held const& held);

/// What says how far a held value is from the data; NaN where it is not known.
struct CensoredStatistics {
  double likelihood_ratio = 0;  ///< of the profile likelihood
  /// Rao's: u' H^-1 u at the restricted estimate, with gradient u and observed information H in the logarithms of
  /// positive parameters, since the expected one depends on a law of censoring that the data do not state. Of an
  /// exponential rate with d ends in the total time T it is (d - rate T)^2/(rate T). Not known where H is not positive
  /// definite.
  double score = 0;
};
FISHERLAB_API CensoredStatistics censored_statistics(LifeLaw const& law, CensoredSample const& sample,
                                                     CensoredFit const& fit, Held const& held);
/// The likelihood ratio alone.
FISHERLAB_API double censored_ratio(LifeLaw const& law, CensoredSample const& sample, CensoredFit const& fit,
                                    Held const& held);

/// The values of component a that the profile likelihood-ratio test does not reject at z^2.
FISHERLAB_API Bounds censored_ratio_interval(LifeLaw const& law, CensoredSample const& sample, CensoredFit const& fit,
                                             std::size_t a, double z);
/// Those that the score test does not reject.
FISHERLAB_API Bounds censored_score_interval(LifeLaw const& law, CensoredSample const& sample, CensoredFit const& fit,
                                             std::size_t a, double z);

}  // namespace fisherlab::estimators

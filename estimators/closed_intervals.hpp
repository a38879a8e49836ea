#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/api.hpp"
#include "sim/models/interface/any_model.hpp"

namespace fisherlab::estimators {

/// The ends of an interval.
struct Bounds {
  double lower = 0;  ///< -inf for none
  double upper = 0;  ///< inf for none
};

/// An interval for one parameter at one n whose ends are functions of the estimate and its standard error.
struct ClosedInterval {
  std::string name;                                               ///< "Student's t"
  std::function<Bounds(double estimate, double std_error)> ends;  ///< std_error: from the expected information
};

/// The intervals of component `a` that rest on the exact law of its maximum likelihood estimate at n, of equal tails
/// (1 - level)/2, and Agresti's and Coull's for a probability of success; empty where the model offers no such law.
///
/// A mean with unknown sd: Student's t, estimate -+ t_{n-1} std_error sqrt(n/(n - 1)), std_error with divisor n.
/// A scale: w = truth/estimate is a pivot, and the interval is estimate times its quantiles: "chi-squared" for the
/// normal sd, "gamma pivot" for the exponential rate, the Pareto shape and the Rayleigh scale.
/// A total k: all values under which neither P(K >= k) nor P(K <= k) is below (1 - level)/2. Of N trials,
/// "Clopper-Pearson", quantiles of Beta(k, N - k + 1) and Beta(k + 1, N - k); of a Poisson mean, "Garwood", quantiles
/// of Gamma(k) and Gamma(k + 1) over n; of failures before n successes, "exact tails", of Beta(n, k + 1) and Beta(n,
/// k). "Agresti-Coull": centre c = (k + z^2/2)/(N + z^2), c -+ z sqrt(c (1 - c)/(N + z^2)), cut at 0 and 1. Wilson's
/// interval is the score interval of a probability. `theta`: a point of the model's space, by which the form of the law
/// is asked for. Sources: Student (1908), Biometrika 6, 1-25; Clopper and Pearson (1934), Biometrika 26, 404-413;
/// Garwood (1936), Biometrika 28, 437-442; Agresti and Coull (1998), American Statistician 52, 119-126.
FISHERLAB_API std::vector<ClosedInterval> closed_intervals(sim::BatchModel const& model, std::span<double const> theta,
                                                           std::size_t a, std::int64_t n, double level);

}  // namespace fisherlab::estimators

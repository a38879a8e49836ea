#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace fisherlab {

/// What one night measured of a quantity that should be the same every night.
struct NightlyEstimate {
  double estimate = 0;   ///< what came out
  double std_error = 0;  ///< of the estimate
};

/// A step in a series of nights: the weighted means before and after it, and their difference in standard errors.
struct Drift {
  std::size_t first_after = 0;  ///< index of the first night after the step
  double before = 0;            ///< weighted mean of the nights before the step
  double after = 0;             ///< weighted mean of the nights after it
  double z = 0;                 ///< (after - before)/its standard error
};

/// The step that stands out most in a series of N nights, over every split with two nights or more on either side.
/// With weights 1/std_error^2, z = (mean after - mean before)/(b sqrt(1/W_before + 1/W_after)). The factor b is 1, or
/// the root of the mean square of the residuals about the two means, over N - 2, where the nights scatter more than
/// their standard errors say; so standard errors that are too small do not make drifts.
/// Empty for fewer than four nights, and when a night is not finite or its standard error is not positive.
/// Source: the factor b is the Birge ratio, Birge (1932), Physical Review 40, 207-227.
std::optional<Drift> largest_drift(std::span<NightlyEstimate const> nights);

/// The family that a drift is one of.
struct DriftFamily {
  std::size_t nights = 4;     ///< N of the series, 4 or more
  std::size_t findings = 1;   ///< series that are tested
  double false_alarm = 1e-3;  ///< probability of any false alarm in the life of the history
};

/// The |z| from which a drift is flagged: sqrt(2 log(2/a)) with a = false_alarm/(findings N (N - 1) (N - 3)).
///
/// An estimate is a mean, a norm or an extreme of means: with the Monte Carlo error as the unit, a function of normal
/// variables that changes by no more than they do. So is each z, and by Gaussian concentration
/// P(|z - E z| > t) <= 2 exp(-t^2/2); without a drift E z = 0. The N - 3 splits and the findings are a union bound; the
/// factor N (N - 1), whose reciprocals sum to 1 over N = 2, 3, ..., spends the rate over all N, so that a history which
/// is looked at every night raises a false alarm in its whole life with probability `false_alarm` at most.
/// @throws InputError outside the ranges above.
double drift_threshold(DriftFamily const& family);

}  // namespace fisherlab

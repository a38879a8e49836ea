#pragma once

#include <cstdint>

#include "base/statistics/interval.hpp"

namespace fisherlab {

/// Successes among `trials`; `dropped` further trials have an unknown outcome (the fit failed).
struct Counts {
  std::int64_t successes = 0;
  std::int64_t trials = 0;
  std::int64_t dropped = 0;
};

/// Two-sided Clopper-Pearson interval for a probability, with s successes among N = trials + dropped:
///   lower: P(X >= s; N, lower) = alpha/2, dropped trials counted as failures;
///   upper: P(X <= s + dropped; N, upper) = alpha/2, dropped trials counted as successes.
/// Never under-covers, at any N, whatever the dropped trials would have been; over-covers, since counts are discrete.
/// The estimate s/trials leaves dropped trials out; without any trial it is NaN.
/// @throws InputError when counts are negative or successes exceed trials.
/// Source: Clopper and Pearson (1934), The use of confidence or fiducial limits illustrated in the case of the
/// binomial.
Interval proportion_interval(Counts const& counts, double alpha);

/// P(X >= successes) for X binomial(trials, p); `dropped` is not counted.
double binomial_at_least(Counts const& counts, double p);

}  // namespace fisherlab

#pragma once

#include <cstddef>

#include "base/statistics/interval.hpp"
#include "findings/performance.hpp"
#include "sim/tallies/tally.hpp"

namespace fisherlab::claims {

/// Values folded for a component whose performance is measured: the error e, e^2 and the squared reported standard
/// error, all in one unit, with their joint moments.
inline constexpr int measured_values = 3;

/// Where a tally keeps them.
struct TalliedComponent {
  sim::Tally const& tally;
  int first = 0;           ///< of the values
  std::size_t powers = 0;  ///< block of their joint moments
  double unit = 1;         ///< in which they are folded, in that of the estimate
};

/// Sets mean, bias, relative bias, emp_se and mse of a row whose truth is known, and with `has_std_errors` model_se and
/// relative_se_error; at least two replicates.
void add_measures(PerformanceRow& row, TalliedComponent const& component, bool has_std_errors);

/// Interval of the reported standard error over the real one,
///   (mean se^2 / (mean (e - m)^2 R/(R - 1)))^1/2,   m the mean of the errors,
/// the root of a ratio of means (ratio_of_means), since se^2 - rho (e - m)^2 is a linear form of what is tallied.
/// At least two replicates.
Interval std_error_ratio(TalliedComponent const& component, double alpha);

/// A share of so many replicates, with sqrt(share (1 - share)/replicates).
Estimated share_measured(double share, double replicates);

}  // namespace fisherlab::claims

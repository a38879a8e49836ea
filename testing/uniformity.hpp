#pragma once

#include <cstddef>
#include <vector>

namespace fisherlab::laws {

/// The probability with which one check below rejects numbers that are uniform.
inline constexpr double alpha = 1e-6;

/// A statistic and the value that it exceeds with probability at most `alpha` (the chi-square one in the limit, which
/// thousands of draws a cell reach).
struct Check {
  double statistic;  ///< what came out
  double critical;   ///< what it may be
  /// Whether the numbers are not rejected.
  bool passed() const { return statistic <= critical; }
};

/// sup |F_n(u) - u| against Massart's bound P(sup > c) <= 2 exp(-2 n c^2), which holds at every n.
/// Source: Massart (1990), Ann. Probab. 18, 1269-1283.
Check distance_to_uniform(std::vector<double> u);

/// Pearson's statistic of counts in equally likely cells.
Check equal_counts(std::vector<double> const& counts);

/// Which of `cells` equal cells of (0, 1) holds u, from 0.
std::size_t cell_of_uniform(double u, std::size_t cells);

/// Pearson's statistic of numbers in 64 cells of (0, 1).
Check cells_of_uniform(std::vector<double> const& u);

/// Pearson's statistic of pairs in 8 x 8 cells of the unit square: uniform and independent.
Check cells_of_square(std::vector<double> const& u, std::vector<double> const& v);

}  // namespace fisherlab::laws

#pragma once

#include <span>
#include <string>
#include <vector>

#include "findings/performance.hpp"

namespace fisherlab::reports {

/// What was varied in a study: a parameter, n, or the model, with its levels in the order of their size or appearance.
struct Factor {
  std::string name;
  std::vector<std::string> levels;
};

/// Scenarios of a study in lexicographic order of their factors: the first changes slowest.
struct FactorialGrid {
  std::vector<Factor> factors;                   ///< those with two levels or more
  std::vector<std::vector<std::size_t>> levels;  ///< of each scenario, the place of its level of each factor

  /// Two factors and four scenarios or more: fewer are read more easily otherwise.
  bool is_factorial() const { return factors.size() >= 2 && levels.size() >= 4; }

  /// The place of the scenario of a row.
  std::size_t place_of(PerformanceRow const& row) const;

  /// "shape = 1, rate = 4, n = 20" of a scenario.
  std::string name_of(std::size_t scenario) const;
};

/// The grid that rows of performance stand on: the model, then the parameters as the rows name them, then n.
FactorialGrid factorial_grid(std::span<PerformanceRow const* const> rows);

}  // namespace fisherlab::reports

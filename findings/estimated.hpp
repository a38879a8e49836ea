#pragma once

namespace fisherlab {

/// A number with its Monte Carlo standard error, NaN where one is not defined. In a table it fills two columns, `name`
/// and `name_mcse`; what is not defined is an empty cell.
struct Estimated {
  double value = 0;  ///< the number
  double mcse = 0;   ///< its Monte Carlo standard error
};

}  // namespace fisherlab

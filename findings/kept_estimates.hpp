#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fisherlab {

/// Every estimate of one estimator at one scenario, from the first look: what `estimates.csv` holds.
struct KeptEstimates {
  std::string model;
  std::string parameters;
  std::int64_t n = 0;
  std::string estimator;
  std::vector<std::string> components;
  /// For each replicate in order and each component: the estimate and its standard error; NaN where there is none.
  std::vector<double> values;
};

}  // namespace fisherlab

#pragma once

#include <cstdint>
#include <vector>

#include "runs/diagnosis/goodness.hpp"

namespace fisherlab::runs {

/// Tests whose p-values come from samples drawn at the estimate and fitted again.
struct SimulatedTests {
  std::vector<GoodnessTest> tests;  ///< empty where none is at hand
  std::int64_t replicates = 0;      ///< samples
  std::int64_t rows = 0;            ///< observations of each: all, or those drawn by chance from more
  double grid = 0;                  ///< the data are multiples of this, and so are the simulated ones; 0 for no grid
};

/// More rows than these are not tested: as many are drawn from them without replacement.
inline constexpr std::int64_t most_tested_rows = 50'000;

/// The distances of DistanceStatistics and the information-matrix test. Data on a grid are compared with simulated data
/// rounded to it.
/// @throws sim::Interrupted when told to stop.
SimulatedTests simulated_tests(FittedData const& fitted, Observations const& data, GoodnessSettings const& settings);

}  // namespace fisherlab::runs

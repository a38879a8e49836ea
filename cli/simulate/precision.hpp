#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runs/simulate.hpp"

namespace fisherlab::cli {

/// The largest Monte Carlo standard error that a measure may have.
struct Precision {
  std::string measure;  ///< bias, emp_se, mse, model_se, relative_se_error, coverage or be_coverage
  double mcse = 0;
};

/// "bias=0.001,coverage=0.005". @throws InputError for another measure, one that is twice, and errors not above zero.
std::vector<Precision> parse_precision(std::string const& text);

/// The replicates at which every row of the simulation has these errors, from a pilot of 16,384: since a standard error
/// falls as R^-1/2,
///   R = 16,384 (mcse of the pilot/wanted)^2, and a tenth more for the error of the pilot,
/// rounded up to two digits. The pilot is the beginning of the same simulation.
/// @throws InputError when that is more than `most`, or no row has such a measure.
std::int64_t replicates_for(runs::Simulation simulation, std::vector<Precision> const& wanted, std::int64_t most);

}  // namespace fisherlab::cli

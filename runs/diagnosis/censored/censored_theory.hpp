#pragma once

#include <vector>

#include "runs/diagnosis/censored/censored_draws.hpp"
#include "runs/diagnosis/diagnosis.hpp"

namespace fisherlab::runs {

/// What theory promises of the estimates from censored samples.
struct CensoredTheory {
  std::vector<double> std_errors;       ///< sqrt([J^-1]_aa), J the expected information of a sample
  std::vector<double> relative_errors;  ///< Monte Carlo standard error of [J^-1]_aa over it
};

/// J is the mean of minus the Hessian at `law`'s theta over samples of `source`, which come from that law: 1,024 of
/// them, fewer of n above 1,000.
/// @throws sim::Interrupted when told to stop.
CensoredTheory censored_theory(claims::Law const& law, std::int64_t n, CensoredSource const& source,
                               DiagnosisSettings const& settings);

}  // namespace fisherlab::runs

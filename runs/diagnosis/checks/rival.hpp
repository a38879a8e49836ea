#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "claims/setting.hpp"
#include "runs/diagnosis/checks/other_laws.hpp"
#include "runs/diagnosis/diagnosis.hpp"

namespace fisherlab::runs {

/// Another law fitted to the same data.
struct Rival {
  claims::Law law;
  double aic = 0;
};

/// The smallest AIC first; equal ones stay as they stand.
void put_best_first(std::vector<Rival>& rivals);

/// Settings for a diagnosis under another law: 4,096 replicates, or as many as `observations` in all allow at n.
DiagnosisSettings settings_under_other(DiagnosisSettings settings, std::int64_t n, double observations);

/// How many observations are simulated, and how many there are.
struct Sizes {
  std::int64_t simulated = 0;
  std::int64_t data = 0;
};

/// What a diagnosis under another law says: the real standard errors of the estimate, carried from the simulated n to
/// that of the data by n^-1/2, and the worth of each interval.
UnderOther under_other(std::string const& law, Diagnosis diagnosis, Sizes const& sizes);

}  // namespace fisherlab::runs

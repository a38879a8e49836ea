#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "claims/setting.hpp"
#include "findings/performance.hpp"
#include "runs/run.hpp"

namespace fisherlab::runs {

/// How one parameter's inference does at the fitted theta and this n.
struct ParameterDiagnosis {
  std::string parameter;
  Estimated bias_in_std_errors;   ///< (E theta_hat - theta)/sd(theta_hat)
  Estimated variance_ratio;       ///< n Var over [I^-1]_aa
  double distance_to_normal = 0;  ///< Kolmogorov distance of (theta_hat - theta)/std error of theory to N(0, 1)
  double distance_band = 0;       ///< half width of its 99.9 % band
  Estimated wald, score, likelihood_ratio;  ///< coverage actually attained
  std::string preferred;                    ///< the interval whose coverage is nearest to nominal
  double coverage_needs_n = 0;  ///< n at which Wald's coverage is within 1/100 of nominal, if its error falls as 1/n
  double variance_needs_n = 0;  ///< n at which the variance is within 5 % of theory, if the error falls as 1/n
};

struct Diagnosis {
  std::int64_t n = 0;
  double level = 0.95;
  std::int64_t replicates = 0;
  std::int64_t failed = 0;
  bool variance_exists = true;  ///< by the model's rule for the moments of its estimate
  std::string fingerprint;      ///< hash of the tallies, as in a run of `verify`
  std::vector<ParameterDiagnosis> parameters;
  std::vector<PerformanceRow> performance;
};

struct DiagnosisSettings {
  std::uint64_t seed = 1;
  std::int64_t replicates = 65'536;
  double level = 0.95;
  int threads = 0;
  std::function<bool()> stop;
  std::function<void(std::int64_t replicates)> advance;
};

/// Simulates the model at `law` and n: what intervals, standard errors and the normal approximation are worth there.
Diagnosis diagnose(claims::Law const& law, std::int64_t n, DiagnosisSettings const& settings);

}  // namespace fisherlab::runs

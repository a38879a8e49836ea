#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "claims/setting.hpp"
#include "runs/diagnosis/diagnosis.hpp"

namespace fisherlab::runs {

/// The sample size from which on an inference is as theory says, at all larger n that were tried.
struct NeededN {
  std::optional<std::int64_t> n = {};  ///< nothing where it is larger than what was tried
  double error = 0;                    ///< its Monte Carlo standard error
  std::int64_t tried = 0;              ///< the largest n that was tried
  bool is_cut = false;                 ///< there was no time to try larger ones
  bool is_exact = false;               ///< every n was tried, by an exact sum; else n is simulated, and rounded

  /// "n = 144" or "n of about 120", "n above 12000 (the largest tried)".
  std::string text() const;
};

/// What is needed for one parameter; nothing where it holds at n itself.
struct Needs {
  std::optional<NeededN> wald_coverage = {};  ///< within a fifth of the declared misses: .95 +- .01
  std::optional<NeededN> variance = {};       ///< n Var within 5 % of [I^-1]_aa
};

/// Searches along n: n is doubled until the condition holds at two sizes in a row, halved back, and followed between by
/// the rate 1/n; laws with an exact coverage (counts) are summed at every n. `diagnosis`: of this law at its n, which
/// tells what has to be searched for. `settings`: seed, threads and stop.
std::vector<Needs> search_needed_n(claims::Law const& law, Diagnosis const& diagnosis,
                                   DiagnosisSettings const& settings);

/// A diagnosis at n; the settings ask for Wald's intervals alone.
using DiagnosisOfSize = std::function<Diagnosis(std::int64_t n, DiagnosisSettings const& settings)>;

/// How far is searched.
struct SearchEffort {
  std::int64_t replicates = 32'768;  ///< at each n
  double observations = 3e8;         ///< drawn in all
};

/// The same by any diagnosis. `sums`: what is known of the coverage of each parameter by exact sums; may be empty.
std::vector<Needs> search_needed_n(DiagnosisOfSize const& diagnose, SearchEffort const& effort,
                                   std::vector<std::optional<NeededN>> const& sums, Diagnosis const& diagnosis,
                                   DiagnosisSettings const& settings);

}  // namespace fisherlab::runs

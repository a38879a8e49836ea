#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "claims/setting.hpp"
#include "findings/performance.hpp"
#include "runs/run.hpp"
#include "sim/tallies/histogram.hpp"

namespace fisherlab::runs {

class Stages;

/// What was not asked for.
inline constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

/// Least and largest coverage over several theta.
struct CoverageRange {
  Estimated least;
  Estimated largest;
};

/// Takes one more coverage into a range; one that is not known changes nothing.
void widen(CoverageRange& range, Estimated const& coverage);

/// What an interval beside Wald, score and likelihood ratio is worth.
struct IntervalWorth {
  std::string name;                         ///< as in estimators::FittedParameter::further
  Estimated coverage = {};                  ///< by simulation; where its mcse is 0 summed over all samples
  double above = 0;                         ///< share of samples whose interval lies above the truth
  std::optional<CoverageRange> range = {};  ///< over theta in its interval, where that was tried
  std::optional<double> cut_off = {};       ///< of the likelihood-ratio statistic, where it was simulated
  double width = not_known;                 ///< median over samples, as below
};

/// How one parameter's inference does at the fitted theta and this n.
struct ParameterDiagnosis {
  std::string parameter;              ///< its name
  Estimated bias_in_std_errors;       ///< (E theta_hat - theta)/sd(theta_hat)
  Estimated variance_ratio;           ///< n Var over [I^-1]_aa
  bool variance_exists = true;        ///< by the model's rule for the moments of its estimate
  double theory_std_error = 0;        ///< sqrt([(n I)^-1]_aa) at the law that is fitted
  double distance_to_normal = 0;      ///< Kolmogorov distance of (theta_hat - theta)/std error of theory to N(0, 1)
  double distance_band = 0;           ///< half width of its 99.9 % band
  sim::Histogram law = {};            ///< of the same
  Estimated wald;                     ///< coverage actually attained by estimate -+ z std_error
  Estimated score;                    ///< by the values that Rao's test does not reject, where the interval was found
  Estimated likelihood_ratio;         ///< by those that the profile likelihood-ratio test does not reject, where found
  double wald_above = 0;              ///< share of samples whose interval lies above the truth; the other misses below
  double score_above = 0;             ///< the same
  double likelihood_ratio_above = 0;  ///< the same
  std::optional<CoverageRange> wald_range = {};              ///< of the coverage over theta in the interval
  std::optional<CoverageRange> score_range = {};             ///< the same
  std::optional<CoverageRange> likelihood_ratio_range = {};  ///< the same
  std::int64_t score_not_found = 0;                          ///< samples in which the search for the interval failed
  std::int64_t likelihood_ratio_not_found = 0;               ///< the same
  double wald_width = not_known;              ///< median width over samples, where add_widths() was asked for it
  double score_width = not_known;             ///< the same
  double likelihood_ratio_width = not_known;  ///< the same
  std::vector<IntervalWorth> further = {};    ///< of the intervals from exact laws, and what a caller adds
};

/// What simulation says of inference at a fitted theta and n.
struct Diagnosis {
  std::int64_t n = 0;                          ///< observations of each sample
  double level = 0.95;                         ///< nominal level of the intervals
  std::int64_t replicates = 0;                 ///< drawn
  std::int64_t failed = 0;                     ///< replicates without an estimate
  std::string fingerprint;                     ///< hash of the tallies, as in a run of `verify`
  std::vector<ParameterDiagnosis> parameters;  ///< in the order of theta
  std::vector<PerformanceRow> performance;     ///< of the maximum likelihood estimate
  std::vector<std::string> left_out = {};      ///< what there was no time for, in sentences
};

/// What decides the bits of a diagnosis, and whom it tells.
struct DiagnosisSettings {
  std::uint64_t seed = 1;            ///< of all random numbers
  std::int64_t replicates = 65'536;  ///< to draw
  double level = 0.95;               ///< nominal level of the intervals
  bool without_profiles = false;     ///< Wald alone: no score, no likelihood ratio, no measures
  bool without_measures = false;     ///< no rows of performance
  /// Asked after 1,024 replicates, 2,048, 4,096 and so on: whether these are enough; may be empty. The bits of what was
  /// drawn do not depend on when it is true.
  std::function<bool(std::int64_t replicates)> enough = {};
  std::function<double()> seconds_left = {};             ///< of the time that all may take; empty: there is no end
  int threads = 0;                                       ///< 0: one a core
  std::function<bool()> stop;                            ///< asked before each block; may be empty
  std::function<void(std::int64_t replicates)> advance;  ///< told after each block; may be empty
  Stages* stages = nullptr;                              ///< that keep what is folded; may be null
};

/// More observations are not simulated: samples of this many stand for larger ones, since what is off in coverage and
/// bias falls as n grows.
inline constexpr std::int64_t most_simulated_n = 10'000;
inline std::int64_t simulated_n(std::int64_t n) { return n < most_simulated_n ? n : most_simulated_n; }

/// Simulates the model at `law` and n: what intervals, standard errors and the normal approximation are worth there.
Diagnosis diagnose(claims::Law const& law, std::int64_t n, DiagnosisSettings const& settings);

/// The same where the data come from another law: the truth is then the theta of `setting.model`, which should be
/// where its estimate tends to (estimators::pseudo_true). No coverage is summed, and errors are still in units of the
/// model's own standard error.
Diagnosis diagnose_under(claims::Setting const& setting, std::int64_t n, DiagnosisSettings const& settings);

}  // namespace fisherlab::runs

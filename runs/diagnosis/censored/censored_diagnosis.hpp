#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "estimators/censored/censored_fit.hpp"
#include "runs/data/observations.hpp"
#include "runs/diagnosis/diagnosis.hpp"

namespace fisherlab::runs {

/// How many observations of a sample are of each kind.
struct CensoredCounts {
  std::int64_t observed = 0;  ///< themselves
  std::int64_t right = 0;     ///< known to be larger
  std::int64_t left = 0;      ///< known to be smaller: there is no lower end, or none above where the law begins
  std::int64_t between = 0;   ///< known to lie between two values
};

/// A model fitted to data of which some are censored.
struct CensoredData {
  sim::AnyModel model;
  std::string name;                ///< of the data
  std::vector<std::string> notes;  ///< what was recognised and left out of their file
  estimators::CensoredSample sample;
  estimators::CensoredFit fit;
  std::vector<estimators::FittedParameter> parameters;  ///< Wald by the observed information, and likelihood ratio

  std::int64_t observed() const;  ///< observations that are not censored
  CensoredCounts counts() const;
  bool has_intervals() const { return !sample.uppers.empty(); }
};

/// Fits by maximum likelihood with censoring.
/// @throws InputError for a model without a survival function (estimators/censored/life_law.hpp), an observation
///   outside the support, fewer than two ends that were seen (two values that differ, where some lie between two), and
///   an estimate that does not exist.
CensoredData fit_censored_data(sim::AnyModel const& model, Observations const& data, double level);

/// A share of samples in which an interval lies wholly above or below the truth, and of those in which it is known.
struct Misses {
  Estimated all;
  double above = 0;  ///< the interval lies above the truth
  double below = 0;  ///< the interval lies below the truth
};

/// How one parameter's inference does at the fitted theta under the fitted law of censoring.
struct CensoredParameter {
  std::string name;
  Misses wald;
  Misses likelihood_ratio;
  Estimated bias_in_std_errors;  ///< (E theta_hat - theta)/sd(theta_hat)
  Estimated std_error_ratio;     ///< sd(theta_hat) over the root mean square of its standard errors
};

struct CensoredDiagnosis {
  std::int64_t n = 0;
  double level = 0.95;
  std::int64_t replicates = 0;
  std::int64_t failed = 0;   ///< replicates without an estimate
  double mean_censored = 0;  ///< share of observations that were censored, on average
  std::vector<CensoredParameter> parameters;
};

/// Draws samples of the fitted law, gives their observations up as the data were (CensoringLaw,
/// IntervalCensoring), and fits them.
CensoredDiagnosis diagnose_censored(CensoredData const& data, DiagnosisSettings const& settings);

}  // namespace fisherlab::runs

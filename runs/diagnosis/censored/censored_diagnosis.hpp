#pragma once

#include <vector>

#include "runs/diagnosis/censored/censored_data.hpp"
#include "runs/diagnosis/censored/censored_draws.hpp"
#include "runs/diagnosis/diagnosis.hpp"
#include "runs/diagnosis/functions/function_of.hpp"

namespace fisherlab::runs {

/// What simulation says of inference from censored data.
struct CensoredDiagnosis {
  /// Of Wald's intervals by the observed information and of likelihood ratios; no score intervals. Theory's standard
  /// errors are from the expected information under the law of censoring.
  Diagnosis diagnosis;
  double mean_censored = 0;  ///< share of observations that were censored, on average
  /// What each interval of each function is worth: the delta method on its scales, and likelihood ratio.
  std::vector<std::vector<IntervalWorth>> functions = {};
};

/// The law at which samples are judged.
struct CensoredTruth {
  claims::Law law;                         ///< the model, and the theta that intervals should hold
  std::int64_t n = 0;                      ///< observations of a sample
  std::vector<FunctionOf> functions = {};  ///< that exist there
};

/// Fits the samples of `source`, and counts which intervals hold the truth. Replicates as diagnose() has them.
/// @throws sim::Interrupted when told to stop.
CensoredDiagnosis diagnose_censored(CensoredTruth const& truth, CensoredSource const& source,
                                    CensoredSource const& of_theory, DiagnosisSettings const& settings);

/// At `law` with samples of n drawn from it and censored as the data were.
CensoredDiagnosis diagnose_censored_at(claims::Law const& law, std::int64_t n, CensoredDraws const& draws,
                                       std::vector<FunctionOf> const& functions, DiagnosisSettings const& settings);

/// At the estimate; of more than 10,000 observations samples of 10,000 stand for them.
CensoredDiagnosis diagnose_censored(CensoredData const& data, DiagnosisSettings const& settings,
                                    std::vector<FunctionOf> const& functions = {});

}  // namespace fisherlab::runs

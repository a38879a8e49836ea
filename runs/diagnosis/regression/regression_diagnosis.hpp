#pragma once

#include <optional>
#include <string>
#include <vector>

#include "estimators/regression/replicates.hpp"
#include "runs/diagnosis/misses.hpp"
#include "runs/diagnosis/recommendation.hpp"
#include "runs/diagnosis/regression/fitted_formula.hpp"

namespace fisherlab::runs {

/// How one coefficient's inference does where the truth is known.
struct CoefficientDiagnosis {
  std::string name;
  std::vector<Misses> intervals;  ///< as in CoefficientFit
  Estimated bias_in_std_errors;   ///< (E estimate - truth)/sd(estimate)
  Estimated std_error_ratio;      ///< sd(estimate) over the root mean square of its standard errors
};

/// What samples drawn from one law on the data's design say.
struct RegressionWorth {
  std::int64_t replicates = 0;
  std::int64_t failed = 0;  ///< replicates without an estimate
  std::vector<CoefficientDiagnosis> coefficients;
};

/// One test of "the data come from this model".
struct CheckResult {
  std::string name;
  double statistic = 0;
  double p_value = 1;  ///< by the same samples; two-sided for dispersion and neighbours
};

struct RegressionDiagnosis {
  RegressionWorth worth;  ///< under the fitted model
  std::vector<CheckResult> tests;
  bool is_refuted = false;  ///< the least p-value, times the number of tests, is .01 or less
  std::string rival;        ///< the law that refuted models are tried under too, in words; empty for none
  std::optional<RegressionWorth> under_rival = {};
};

/// Samples that a regression of so many rows and coefficients is given, unless they are told: 8192, fewer where they
/// take long, 1000 at least.
std::int64_t regression_replicates(FittedFormula const& fitted);

/// Draws responses on the data's own inputs (weights, offsets) from the fitted model, fits them again, and tries every
/// interval; the same samples give the tests their p-values. A model that is refuted is also tried where it does not
/// hold: Poisson's under the negative binomial fit, where that exists; the normal one under residuals of their own size
/// in each row.
/// @throws sim::Interrupted when told to stop.
RegressionDiagnosis diagnose_regression(FittedFormula const& fitted, DiagnosisSettings const& settings);

/// Whether the data refute the model, or what was checked, in a sentence.
std::string checks_sentence(FittedFormula const& fitted, RegressionDiagnosis const& diagnosis);

/// A few plain sentences: what is recommended, and what to make of bias, standard errors and dispersion.
std::vector<std::string> regression_advice(FittedFormula const& fitted, RegressionDiagnosis const& diagnosis);

/// The interval that the rule recommends for a coefficient, of those of the model; where none of them qualifies, HC3's
/// if it does.
Recommendation recommended(FittedFormula const& fitted, RegressionDiagnosis const& diagnosis, std::size_t coefficient);

}  // namespace fisherlab::runs

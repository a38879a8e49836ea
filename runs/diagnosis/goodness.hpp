#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "runs/diagnosis/diagnosis.hpp"
#include "runs/diagnosis/fitted_data.hpp"

namespace fisherlab::runs {

/// One test of "the data come from this model".
struct GoodnessTest {
  std::string name;  ///< "Anderson-Darling"
  double statistic = 0;
  double p_value = 1;  ///< share of samples simulated at the estimate and fitted again with a statistic as large
};

/// Whether the data refute the model, and what its standard errors are without it.
struct Goodness {
  double log_likelihood = 0;
  double aic = 0;                   ///< 2 p - 2 l
  double bic = 0;                   ///< p log n - 2 l
  std::vector<GoodnessTest> tests;  ///< empty where none is at hand
  std::int64_t replicates = 0;      ///< samples behind the p-values
  std::int64_t rows = 0;            ///< rows that were tested by them: all, or 50,000 drawn by chance
  double dispersion = 0;            ///< variance of counts over the model's; 0 for other laws
  double grid = 0;                  ///< the data are multiples of this, and so are the simulated ones; 0 for no grid
  bool is_refuted = false;          ///< the least p-value, times the number of tests, is .01 or less
  std::vector<double> sandwich;     ///< standard errors H^-1 J H^-1, which hold under other laws too
};

/// What decides the bits of the check.
struct GoodnessSettings {
  std::uint64_t seed = 1;
  int threads = 0;
  std::function<bool()> stop = {};  ///< asked before each eight samples; may be empty
  Stages* stages = nullptr;         ///< that keep what is folded; may be null
};

/// Those of a diagnosis.
inline GoodnessSettings goodness_settings(DiagnosisSettings const& settings) {
  return {settings.seed, settings.threads, settings.stop, settings.stages};
}

/// Tests the fitted model against its data: for continuous laws Anderson-Darling, Cramer-von Mises and Kolmogorov on
/// F(x; theta hat), for counts Pearson's chi-square and the dispersion, for all White's information-matrix test.
/// Parameters are estimated, so that no table holds: p-values come from samples drawn at the estimate and fitted again.
/// Data on a grid are compared with simulated data rounded to it. Where the rows are in an order of their own, the rank
/// correlation of neighbours is tested too, by its normal limit. Sources: Stephens (1974), JASA 69, 730-737; White
/// (1982), Econometrica 50, 1-25.
/// @throws sim::Interrupted when told to stop.
Goodness check_model(FittedData const& fitted, Observations const& data, GoodnessSettings const& settings);

/// Sets `is_refuted` by the tests.
void judge(Goodness& goodness);

/// "The data refute poisson: dispersion 6.22 (p = .001)...", or what was checked.
std::string goodness_sentence(FittedData const& fitted, Goodness const& goodness);

}  // namespace fisherlab::runs

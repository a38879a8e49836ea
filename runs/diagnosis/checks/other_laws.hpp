#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runs/diagnosis/diagnosis.hpp"
#include "runs/diagnosis/fitted_data.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::runs {

/// What a fit is worth where its data come from another law than its model's.
struct UnderOther {
  std::string law;                        ///< "negative_binomial"; "resampling" of the rows
  double aic = 0;                         ///< of that law fitted to the data; 0 of resampling
  std::vector<double> std_errors;         ///< standard deviations of the estimates
  std::vector<ParameterDiagnosis> worth;  ///< of each parameter's intervals, as holding what the estimate tends to
  std::int64_t replicates = 0;            ///< samples
};

/// What is known of a refuted model's fit without it.
struct WithoutModel {
  std::optional<UnderOther> rival;       ///< under the best rival family; nothing where there is none
  std::optional<UnderOther> resampling;  ///< under the empirical law of the rows
};

/// Simulates at the best rival and by resampling the rows, 4,096 samples each, of n rows or 10,000, to which the
/// standard errors are then scaled. The best rival
/// is the family of the catalogue, of the model's kind, whose support holds the data, with the least AIC of those under
/// which the model's estimate has somewhere to tend to: the pseudo-true value there, whose coverage is told. Under
/// resampling that is the estimate itself.
/// @throws sim::Interrupted when told to stop.
WithoutModel without_model(FittedData const& fitted, Observations const& data, sim::Models const& models,
                           DiagnosisSettings settings);

/// "coverage under negative_binomial" beside the intervals of a parameter: NaN where it is not known.
Estimated coverage_under(UnderOther const& other, std::size_t a, std::string const& interval,
                         estimators::FittedParameter const& fitted);

}  // namespace fisherlab::runs

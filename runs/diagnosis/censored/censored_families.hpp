#pragma once

#include <string>
#include <vector>

#include "runs/diagnosis/censored/censored_draws.hpp"
#include "runs/diagnosis/checks/other_laws.hpp"
#include "runs/diagnosis/families.hpp"

namespace fisherlab::runs {

/// Families fitted to censored data.
struct CensoredFamilies {
  std::vector<CensoredData> fitted;
  LeftOut left_out;
};

/// As fit_families(); "all" are those of estimators::life_law_names().
/// @throws InputError as fit_families(), and as fit_censored_data() for a family that was named.
CensoredFamilies fit_censored_families(std::string const& names, Observations const& data, sim::Models const& models,
                                       double level);

/// As ranked(), by the distances of check_censored().
/// @throws sim::Interrupted when told to stop.
std::vector<FamilyFit> ranked(CensoredFamilies const& families, Observations const& data,
                              GoodnessSettings const& settings);

/// As without_model() of data without censoring: the best rival is the family of least AIC among those of
/// estimators::life_law_names(); what the estimate tends to under it is taken from one long sample of it, a hundred
/// times the data's size (20,000 to 400,000), censored as the data were.
/// @throws sim::Interrupted when told to stop.
WithoutModel without_model(CensoredData const& data, CensoredDraws const& draws, sim::Models const& models,
                           DiagnosisSettings settings);

}  // namespace fisherlab::runs

#pragma once

#include <utility>
#include <vector>

#include "runs/diagnosis/censored/censored_draws.hpp"
#include "runs/diagnosis/pictures/data_pictures.hpp"

namespace fisherlab::runs {

/// Survival functions at one value.
struct SurvivalPoint {
  double x = 0;
  double data = 0;              ///< of the nonparametric estimate, which within its pieces falls as the law does
  double law = 0;               ///< of the fit
  double lower = 0, upper = 0;  ///< 2.5 and 97.5 % of that of the data in samples drawn at the fit
};

/// At 161 values between the least and the largest finite end of the data, and around its jumps; 400 samples of n, of
/// more than 2,000 rows of 2,000.
/// @throws sim::Interrupted when told to stop.
std::vector<SurvivalPoint> survival_picture(CensoredData const& data, CensoredDraws const& draws,
                                            DiagnosisSettings const& settings);

/// As profile_picture().
std::vector<std::pair<double, double>> censored_profile_picture(CensoredData const& data, std::size_t a);

/// As coverage_picture(); 2,048 samples each, of n up to 2,000.
std::vector<CoverageAt> censored_coverage_picture(CensoredData const& data, CensoredDraws const& draws,
                                                  DiagnosisSettings settings);

}  // namespace fisherlab::runs

#pragma once

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "runs/diagnosis/diagnosis.hpp"
#include "runs/diagnosis/fitted_data.hpp"

namespace fisherlab::runs {

/// A bar of a histogram, or of a count.
struct Bar {
  double from = 0, to = 0, height = 0;
};

/// The data against the density of the fit: a histogram of area 1 (bins by Freedman and Diaconis), or the share of each
/// count; `law` are points of the density, or the probability of each bar.
struct DensityPicture {
  bool is_discrete = false;
  std::vector<Bar> bars;
  std::vector<std::pair<double, double>> law;
};
DensityPicture density_picture(FittedData const& fitted, std::vector<double> const& values);

/// An order statistic of the data against its law.
struct QuantilePoint {
  double expected = 0, observed = 0;  ///< median in samples of the fit; on the data
  double lower = 0, upper = 0;        ///< 2.5 and 97.5 % in samples
};
/// At most 200 of the order statistics, with 400 samples of n drawn at the fit; of n above 10,000 those of 10,000 rows.
/// @throws sim::Interrupted when told to stop.
std::vector<QuantilePoint> quantile_picture(FittedData const& fitted, std::vector<double> const& values,
                                            DiagnosisSettings const& settings);

/// 81 values around the intervals of a parameter.
std::vector<double> profile_places(estimators::FittedParameter const& parameter);

/// The profile likelihood-ratio statistic of a parameter at profile_places(); values at which it was not
/// found are left out.
std::vector<std::pair<double, double>> profile_picture(FittedData const& fitted, std::vector<double> const& values,
                                                       std::size_t a);

/// The density of (estimate - truth)/(standard error of theory) in the simulated samples, in cells of width .2 from -4
/// to 4; what lies beyond is left out.
std::vector<Bar> sampling_picture(ParameterDiagnosis const& diagnosis);

/// The diagnosis at other n, from n/8 to 8 n as far as these are 2 to 10,000.
struct CoverageAt {
  std::int64_t n = 0;
  Diagnosis diagnosis;
};
/// n/8, n/4, ... 8 n, as far as they are 3 to `most`.
std::vector<std::int64_t> picture_sizes(std::int64_t n, std::int64_t most);

/// 8,192 samples each. @throws sim::Interrupted when told to stop.
std::vector<CoverageAt> coverage_picture(claims::Law const& law, std::int64_t n, DiagnosisSettings settings);

}  // namespace fisherlab::runs

#pragma once

#include <span>
#include <string>

#include "estimators/intervals.hpp"
#include "runs/diagnosis.hpp"

namespace fisherlab::cli {

/// One sample as it was read.
struct DataSummary {
  std::string name;
  std::int64_t n = 0;
  double mean = 0;
  double sd = 0;  ///< divisor n - 1
};

/// "data.csv: n = 23, mean 72.22, standard deviation 37.49".
std::string data_text(DataSummary const& data);

/// The fit: a column for each parameter; estimate, standard errors, three intervals of the level.
std::string fit_text(estimators::FittedModel const& fit, double level);

/// What simulation says of the fit: a column for each parameter, coverage in per cent.
std::string diagnosis_text(runs::Diagnosis const& diagnosis);

}  // namespace fisherlab::cli

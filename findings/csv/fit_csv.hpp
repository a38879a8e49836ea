#pragma once

#include <span>
#include <string>

namespace fisherlab {

/// One row of `fit.csv`: a parameter fitted to data, with its standard error and confidence interval.
struct FitRow {
  std::string parameter;
  double estimate = 0;
  double std_error = 0;
  double lower = 0;
  double upper = 0;
};

/// The bytes of `fit.csv`, one row a parameter.
std::string fit_csv(std::span<FitRow const> rows);

}  // namespace fisherlab

#pragma once

#include <string>

namespace fisherlab {

/// A parameter fitted to data.
struct FitRow {
  std::string parameter;
  double estimate = 0;
  double std_error = 0;
  double lower = 0;
  double upper = 0;

  template <class Visit>
  static void fields(Visit const& field) {
    field("parameter", "its name", &FitRow::parameter);
    field("estimate", "maximum likelihood estimate", &FitRow::estimate);
    field("std_error", "its standard error, from the expected information", &FitRow::std_error);
    field("lower", "lower end of the Wald confidence interval", &FitRow::lower);
    field("upper", "upper end of it", &FitRow::upper);
  }
};

}  // namespace fisherlab

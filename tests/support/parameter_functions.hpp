#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "estimators/closed_intervals.hpp"

namespace fisherlab::test {

/// A function of theta that is parameter `a` of the model, or a monotone map of it: its profile likelihood is that
/// parameter's.
struct ParameterFunction {
  std::string model, function;
  std::size_t a;
  double (*map)(double);
};

inline double same(double x) { return x; }
inline double inverse(double x) { return 1 / x; }
inline double exponential(double x) { return std::exp(x); }

/// Those that censored data have, too.
inline std::vector<ParameterFunction> parameter_functions() {
  return {{"exponential", "mean", 0, inverse},
          {"weibull", "quantile(0.6321205588285577)", 1, same},
          {"gamma", "sd/mean", 0, [](double x) { return 1 / std::sqrt(x); }},
          {"lognormal", "median", 0, exponential},
          {"normal", "sd", 1, same}};
}

/// Holds an interval of the function to that of its parameter, to `tolerance` of each end.
inline void expect_mapped(ParameterFunction const& f, estimators::Bounds const& found,
                          estimators::Bounds const& parameter, double tolerance) {
  double const one = f.map(parameter.lower), other = f.map(parameter.upper);
  EXPECT_NEAR(found.lower, std::min(one, other), tolerance * std::fabs(one)) << f.model << ' ' << f.function;
  EXPECT_NEAR(found.upper, std::max(one, other), tolerance * std::fabs(other)) << f.model << ' ' << f.function;
}

}  // namespace fisherlab::test

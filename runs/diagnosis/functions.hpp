#pragma once

#include <string>
#include <vector>

#include "runs/diagnosis/diagnosis.hpp"
#include "runs/diagnosis/fitted_data.hpp"
#include "sim/models/interface/quantity.hpp"

namespace fisherlab::runs {

/// A property of the law that was asked for, as "quantile(0.9)" or "sd", the root of the variance.
struct FunctionOf {
  std::string name;
  sim::Quantity quantity;
  bool is_root = false;
};

/// Reads "mean,sd,median,quantile(0.9),tail(100)". @throws InputError for another word or a wrong number.
std::vector<FunctionOf> parse_functions(std::string const& text);

/// One interval of one function: its ends on the data, and what it is worth.
struct FunctionInterval {
  std::string name;  ///< "delta", or "delta (log scale)"
  estimators::Bounds on_data;
  Estimated coverage = {};
  double above = 0;  ///< share of samples whose interval lies above the truth
};

/// One function of theta at the estimate.
struct FunctionFit {
  std::string name;
  double estimate = 0;                      ///< g(theta hat)
  double std_error = 0;                     ///< sqrt(G I^-1 G'/n), G the gradient of g at the estimate
  std::vector<FunctionInterval> intervals;  ///< estimate -+ z std_error; the same on the log or the logit scale
};

/// @throws InputError where the model does not state a function, or it does not exist at the estimate.
void check_functions(FittedData const& fitted, std::vector<FunctionOf> const& functions);

/// The functions of the fitted law by the delta method, with intervals whose coverage is simulated at the estimate. The
/// log scale is that of a variance, a standard deviation and, for laws on the half-line and counts, of mean, median and
/// quantile; the logit scale that of a tail. `functions`: that check_functions() lets pass.
/// @throws sim::Interrupted when told to stop.
std::vector<FunctionFit> functions_of(FittedData const& fitted, std::vector<FunctionOf> const& functions,
                                      DiagnosisSettings const& settings);

}  // namespace fisherlab::runs

#pragma once

#include <string>
#include <vector>

#include "runs/diagnosis/diagnosis.hpp"
#include "runs/diagnosis/fitted_data.hpp"
#include "runs/diagnosis/functions/function_of.hpp"
#include "runs/diagnosis/recommendation.hpp"

namespace fisherlab::runs {

/// One interval of one function: its ends on the data, and what it is worth.
struct FunctionInterval {
  std::string name;  ///< "delta", "delta (log scale)", "likelihood-ratio", "calibrated likelihood-ratio"
  estimators::Bounds on_data;
  Estimated coverage = {not_known, not_known};
  double above = 0;  ///< share of samples whose interval lies above the truth
  double known = 1;  ///< share of samples in which the interval was found
};

/// One function of theta at the estimate.
struct FunctionFit {
  std::string name;
  double estimate = 0;                      ///< g(theta hat)
  double std_error = 0;                     ///< sqrt(G I^-1 G'/n), G the gradient of g at the estimate
  std::vector<FunctionInterval> intervals;  ///< delta method, also on the scale of scale_of(), and likelihood ratios
  std::string left_out = {};  ///< why none is calibrated of this one and those behind it, for want of time
};

/// @throws InputError where the model does not state a function, or it does not exist at the estimate.
void check_functions(FittedData const& fitted, std::vector<FunctionOf> const& functions);

/// The functions of the fitted law by the delta method, by the profile likelihood of g and, where can_calibrate() says
/// so, by the calibrated likelihood-ratio interval, with coverage simulated at the estimate (of the calibrated one by
/// calibrated_replicates()). `functions`: that check_functions() lets pass.
/// @throws sim::Interrupted when told to stop.
std::vector<FunctionFit> functions_of(FittedData const& fitted, Observations const& data,
                                      std::vector<FunctionOf> const& functions, DiagnosisSettings const& settings);

/// By the rule of recommend(), with the lengths on the data.
Recommendation recommended(FunctionFit const& fit, double level);

}  // namespace fisherlab::runs

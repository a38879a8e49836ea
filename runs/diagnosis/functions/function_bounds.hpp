#pragma once

#include "runs/diagnosis/fitted_data.hpp"
#include "runs/diagnosis/functions/function_of.hpp"

namespace fisherlab::runs {

/// The values of g whose likelihood-ratio statistic (constrained_ratio.hpp) is at most `cut_off`. An end is NaN where
/// no value was found beyond it. `std_error`: of g at the estimate, from which the search starts.
estimators::Bounds function_bounds(FittedData const& fitted, std::vector<double> const& values, FunctionOf const& f,
                                   double std_error, double cut_off);

}  // namespace fisherlab::runs

#pragma once

#include <span>
#include <vector>

#include "base/api.hpp"
#include "sim/models/interface/any_model.hpp"

namespace fisherlab::estimators {

/// n times the bias of the maximum likelihood estimate to first order, p numbers: with l the log density of one
/// observation, indices derivatives in theta, and I^{-1} = (I^{rs}),
///   b_s = sum_{r,t,u} I^{sr} I^{tu} (E[l_rtu]/2 + E[l_rt l_u]),   E[estimate] = theta + b/n + O(n^-2).
/// Third derivatives by automatic differentiation of the Hessian, expectations by quadrature, I from the model.
///
/// Holds for regular models of one or two coordinates whose estimate has a mean.
/// @throws InputError for a model outside the hypotheses, theta outside its space, a singular information, and where
/// quadrature fails (sim/quadrature/expectation.hpp).
/// Source: Cox and Snell (1968), J. Roy. Statist. Soc. B 30, 248-275.
FISHERLAB_API std::vector<double> cox_snell_bias(sim::BatchModel const& model, std::span<double const> theta);

}  // namespace fisherlab::estimators

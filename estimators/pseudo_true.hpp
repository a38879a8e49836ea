#pragma once

#include <span>
#include <vector>

#include "base/api.hpp"
#include "sim/models/interface/any_model.hpp"

namespace fisherlab::estimators {

/// Where the maximum likelihood estimate of a model settles when the data follow another law, and how it spreads there.
/// Matrices are packed (sim/models/interface/theta.hpp).
struct PseudoTrue {
  std::vector<double> theta;        ///< E score(X; theta) = 0, X from the law of the data
  std::vector<double> sensitivity;  ///< A = -E hessian(X; theta)
  std::vector<double> variability;  ///< B = E score score'
  std::vector<double> sandwich;     ///< A^-1 B A^-1, the limit of n Cov of the estimate
};

/// The pseudo-true value of `model` for data from `law` at `law_theta`: Newton steps on E log p(X; theta) in the
/// working coordinates (log, logit) of the parameters, A replaced by B where it is not positive definite, halved until
/// E log p does not fall. They start at `start` or, when that is empty, at the estimate from a fixed sample of 1,024.
/// Expectations by quadrature over the law of the data.
///
/// Under a correct model theta is the truth, A = B = I and the sandwich is I^-1.
/// @throws InputError when model and law differ in the number of coordinates, the start is outside the space,
/// quadrature fails, or no maximum with A positive definite is found. Source: White (1982), Econometrica 50, 1-25,
/// theorems 3.1 and 3.2.
FISHERLAB_API PseudoTrue pseudo_true(sim::BatchModel const& law, std::span<double const> law_theta,
                                     sim::BatchModel const& model, std::span<double const> start = {});

}  // namespace fisherlab::estimators

#pragma once

#include "estimators/estimator.hpp"

namespace fisherlab::estimators {

/// James and Stein's estimate of p >= 3 normal means with one known standard deviation,
///   t = (1 - (p - 2) sd^2/(n |xbar|^2)) xbar.
/// Biased towards 0, and of smaller total mean square error than xbar everywhere; below the Cramer-Rao bound of
/// unbiased estimators. Its moments exist below order p, for |t| grows as 1/|xbar| near 0.
/// Source: James and Stein (1961), Proc. Fourth Berkeley Symp. 1, 361-379.
AnyEstimator make_james_stein(sim::AnyModel model);

/// Whether the parameters of a model are the means of its coordinates, three or more, with one known constant `sd`.
FISHERLAB_API bool are_means_with_known_sd(sim::BatchModel const& model);

}  // namespace fisherlab::estimators

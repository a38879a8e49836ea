#pragma once

#include "base/api.hpp"
#include "estimators/regression/regression.hpp"
#include "sim/random/stream_key.hpp"

namespace fisherlab::estimators {

/// A law of responses on a fixed design.
struct ResponseLaw {
  /// Which: that of a family, or what stands for laws with errors of unequal size.
  enum class Kind {
    normal,             ///< mean_i + N(0, scale^2/w_i)
    binomial,           ///< Binomial(w_i, mean_i)/w_i
    poisson,            ///< Poisson(w_i mean_i)/w_i
    negative_binomial,  ///< of mean_i and the size
    signed_residuals,   ///< mean_i plus a residual of its own with a random sign (the wild bootstrap of Liu 1988)
  };
  Kind kind = Kind::normal;
  Eigen::VectorXd mean;       ///< n
  double scale = 1;           ///< standard deviation of a normal error of weight 1
  double size = 1;            ///< of the negative binomial law
  Eigen::VectorXd residuals;  ///< n, for signed_residuals
};

/// The law of that fit.
FISHERLAB_API ResponseLaw law_of(RegressionFit const& fit);
/// Its means with residuals y - mean over sqrt(1 - h), each with a random sign: variances of their own in every row.
FISHERLAB_API ResponseLaw signed_residuals_of(RegressionFit const& fit, Eigen::VectorXd const& y);

/// Draws the responses of eight replicates from key.replicate on.
FISHERLAB_API void draw_responses(ResponseLaw const& law, RegressionDesign const& design, sim::StreamKey const& key,
                                  sim::Lanes* y);

}  // namespace fisherlab::estimators

#pragma once

#include "base/special/distributions.hpp"

namespace fisherlab {

/// g with P(G <= g) = p, G ~ Gamma(shape, 1), p in (0, 1).
double gamma_quantile(double p, Shape shape);

/// The beta law of so many successes and failures, both above 0.
struct BetaLaw {
  double successes = 1, failures = 1;
};

/// x with P(X <= x) = p, p in (0, 1).
double beta_quantile(double p, BetaLaw const& law);

}  // namespace fisherlab

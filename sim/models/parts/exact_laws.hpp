#pragma once

#include "base/api.hpp"
#include "sim/models/interface/law_of_estimate.hpp"

namespace fisherlab::sim {

/// Beyond 40 standard deviations and 100 counts nothing is left of the law of a total.
struct CountSpread {
  double mean, sd;
};
FISHERLAB_API double last_count(CountSpread const& spread);

/// The share of successes among independent trials, whose number is binomial.
struct TrialsOf {
  double trials, p;
};
FISHERLAB_API CountedEstimate share_of_successes(TrialsOf const& of);

/// w^power = G/n, G ~ Gamma(n, 1), with information v^-2 of one observation at theta = 1.
struct GammaPower {
  double power = 1, v = 1;
};
FISHERLAB_API ScaledEstimate gamma_scaled(double n, GammaPower const& law);

}  // namespace fisherlab::sim

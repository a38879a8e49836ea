#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "claims/asking.hpp"
#include "claims/evidence/ratio.hpp"

namespace fisherlab::claims {

/// Writes `count` numbers of each replicate to `out`, and may drop lanes of `observed`.
using Numbers = std::function<void(Batch const& batch, sim::Lanes* out, sim::Observed& observed)>;

/// A probe that folds a few numbers of each replicate, with their joint moments to degree 4. `estimator`: null for
/// none.
Probe number_probe(std::size_t scenario, int count, estimators::AnyEstimator estimator, Numbers numbers);

/// Adds a finding about the mean of one number a replicate, on a probe of its own.
void add_mean(Sampled& question, std::size_t scenario, std::string statistic, Region const& region,
              estimators::AnyEstimator estimator, Numbers number);

/// The first two numbers of such a probe, for `ratio_of_means` of the first over the second.
PairMoments pair_moments(sim::Tally const& tally);

}  // namespace fisherlab::claims

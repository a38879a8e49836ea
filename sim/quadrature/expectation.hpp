#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/api.hpp"
#include "sim/lanes.hpp"
#include "sim/models/interface/any_model.hpp"
#include "sim/sample.hpp"

namespace fisherlab::sim {

/// How exact an expectation must be, and when to give up.
struct ExpectationSettings {
  double mass_tolerance = 1e-10;          ///< of |total mass - 1|
  double tolerance = 1e-8;                ///< of a component, relative to its scale E|f_j|
  std::int64_t most_batches = 4'000'000;  ///< calls of f, eight nodes each
};

/// Functions of one observation, `size` of them at once: `one` holds eight observations, a lane each (n = 1); `out`
/// receives `size` Lanes. Lanes of no weight hold arbitrary observations, and what `out` has there is not looked at.
using ObservationFunctions = std::function<void(Sample const& one, Lanes* out)>;

/// E f_j(X), j < size, for X one observation of `law` at theta, by deterministic quadrature over the density.
///
/// Each coordinate becomes a function of a bounded variable u by its range: x = c + w sinh(sinh u) on the line,
/// x = end + exp(c + w sinh u) on the half-line, the logistic function of c + w sinh u on (0, 1), u itself on the
/// circle; c and w are median and half the interquartile range of a fixed pilot of draws (the median is exact where the
/// model states it, so that a kink there does no harm). u runs over panels of eight Gauss-Lobatto nodes, one batch
/// each, and a panel is halved until its halves agree with it to 1e-10 of its share; kinks and jumps cost some fifty
/// halvings. Counts are summed from 0 on until what follows no longer changes the sums. Two coordinates are integrated
/// one inside the other. All of it is repeated with twice as many panels until total mass and components pass.
///
/// Holds for laws of one or two coordinates whose log density is that of a law, with f such that nodes of weight below
/// 1e-40 contribute nothing that counts, as in the far tails of a mean that exists.
/// @throws InputError when the law has more coordinates, theta is outside its space, the mass of the law is not found
/// to be 1, a component is not finite or does not settle, or its mean seems not to exist.
FISHERLAB_API std::vector<double> expectation(BatchModel const& law, std::span<double const> theta, std::size_t size,
                                              ObservationFunctions const& f, ExpectationSettings const& settings = {});

}  // namespace fisherlab::sim

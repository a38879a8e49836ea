#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "findings/estimated.hpp"
#include "sim/lanes.hpp"
#include "sim/tallies/tally.hpp"

namespace fisherlab::claims {

/// Points, in units of the truth's standard error from the truth, at which the covariance of the error with "the
/// interval holds the point" is folded.
inline constexpr std::array<double, 7> watched_points = {-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5};

/// An interval of each lane, less the truth.
struct LaneInterval {
  sim::Lanes lower;
  sim::Lanes upper;
};

/// Whether it holds each of the watched points, 1 or 0, to `out`.
void watch(LaneInterval const& interval, sim::Lanes* out);

/// Where a tally keeps what is needed of a component: errors at `error`, the watched points from `watched` on, the laws
/// of the two ends at positions `ends` and `ends + 1`.
struct BiasEliminatedPlaces {
  int error = 0;
  int watched = 0;
  std::size_t ends = 0;
};

/// What the error of a bias-eliminated coverage follows from: the share C of intervals that hold the mean m of the
/// errors e; g = f_L(m) - f_U(m), the densities of the two ends there; c = Cov(1{L <= m <= U}, e), nothing where it is
/// not known; Var e.
struct HeldMean {
  double share = 0;
  double slope = 0;
  std::optional<double> covariance = {};
  double variance = 0;
};

/// C with its standard error over R replicates. m is estimated too, and a change of it changes the share by g. Hence,
/// by the delta method,
///   R mcse^2 = C (1 - C) + 2 g c + g^2 Var e.
/// Where c is not known the bound of Cauchy and Schwarz stands for it, and the error is at most what is said.
Estimated share_with_error(HeldMean const& held, double replicates);

/// Half width, in standard deviations of the estimate, over which the density of an end is averaged.
inline constexpr double density_window = 0.2;

/// The same from a tally. Densities over m +- Var(e)^1/2/5; the covariance by lines between the watched points, not
/// known beyond them.
Estimated bias_eliminated_coverage(sim::Tally const& tally, BiasEliminatedPlaces const& places);

}  // namespace fisherlab::claims

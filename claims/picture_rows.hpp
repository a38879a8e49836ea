#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "claims/claim.hpp"
#include "claims/evidence/interval.hpp"
#include "claims/evidence/matrix.hpp"
#include "claims/pictures.hpp"
#include "claims/replicates.hpp"
#include "sim/tallies/histogram.hpp"

namespace fisherlab::claims {

/// Up to three of the sizes of a grid, by their place in it: the smallest, the
/// middle and the largest.
std::vector<std::size_t> shown_sizes(std::size_t count);

/// The law of a standardised statistic in cells of width 0.2 between -4 and 4;
/// n, estimator and component are left to the caller. Quantiles are edges of
/// the histogram, so their probabilities are counts and nothing is
/// interpolated. A reference N(0, 1)^-1(probability) is given where ten
/// replicates or more lie on either side.
std::vector<DistributionRow> distribution_rows(sim::Histogram const& law, std::int64_t count);

/// The error of a covariance matrix against a bound B, entry by entry: (C_ab -
/// B_ab)/(B_aa B_bb)^1/2, with Student intervals at error `alpha` over all
/// entries together. `whitened`: the covariance of W t, as an estimate; `root`:
/// W^-1, so that B = W^-1 W^-T. All entries for up to three components, the
/// variances alone for more. Method and n are left to the caller.
std::vector<CurveRow> covariance_rows(MatrixEstimate const& whitened, Eigen::MatrixXd const& root,
                                      std::vector<std::string> const& components, double alpha);

/// The rows of a question's pictures, with its sketches drawn from `seed`; none
/// for a question without.
/// @throws sim::Interrupted when told to stop.
PictureRows pictures_of(Question const& question, std::span<sim::Tally const> tallies, std::uint64_t seed,
                        Execution const& execution);

/// Adds rows to those of other questions. Where two say the same (equal claim,
/// law, n, component, method), the one from more replicates is kept, or the
/// first.
void add_pictures(PictureRows& all, PictureRows const& more);

}  // namespace fisherlab::claims

#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/statistics/interval.hpp"
#include "claims/claim.hpp"
#include "claims/evidence/matrix.hpp"
#include "findings/pictures.hpp"
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

}  // namespace fisherlab::claims

#pragma once

#include <vector>

#include "sim/tallies/powers.hpp"

namespace fisherlab::claims {

/// The jackknife's relative variance of T = (A/B)^1/2, A and B means over R replicates, from joint moments to degree 4.
/// With a = (A_i - A)/(R A), b = (B_i - B)/(R B), p = a - b and q = a + b, leaving out replicate i moves T by the share
///   1 - ((1 - a)/(1 - b))^1/2 = p/2 + p q/4 - p^2/8 + ...,
/// and the variance is the sum of its squares,
///   (p^2 + p^2 q - p^3/2 + 3 p^2 q^2/4 - 3 p^3 q/4 + 5 p^4/16 + ...)/4.
/// The first term is the delta method. It alone understates the error where single replicates carry much of B: one that
/// doubles B moves T by the share 0.41 of its new value, and the delta method, which divides by the B that it has
/// swollen, says 0.25.
/// `numerator`, `denominator`: the linear forms of the block whose deviations are R a and R b.
/// NaN for fewer than three replicates: of two, each left out leaves a value that has no spread.
/// Source: Efron and Stein (1981), Annals of Statistics 9, 586-596, for the jackknife; the expansion is derived here.
double jackknife_variance_of_root(sim::Powers const& powers, std::vector<double> const& numerator,
                                  std::vector<double> const& denominator);

}  // namespace fisherlab::claims

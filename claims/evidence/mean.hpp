#pragma once

#include "base/statistics/interval.hpp"
#include "claims/evidence/directions.hpp"
#include "claims/evidence/far_reach.hpp"

namespace fisherlab::claims {

/// Two-sided interval for a mean, at the error alpha. With skewness and kurtosis: [mean - down, mean + up] of
/// `far_reach`; where that is not valid both ends are infinite and the reason says what it would take. Without them
/// (NaN) Student's mean -+ t_{R-1}(1 - alpha/2) sqrt(variance/R): exact for normal data, for a handful of numbers
/// (splits of a data set) and errors that are not far (bars of pictures); its error alpha/2 on the side of a long tail
/// grows to first order by the factor 1 + g z (2 z^2 + 1)/(6 sqrt(R)), 2.5 for alpha = 1e-9, g = 2 and R = 10^4.
/// @throws InputError for fewer than two replicates, a negative variance, or alpha outside (0, 1).
/// Source: Student (1908), The probable error of a mean; Hall (1992), The Bootstrap and Edgeworth Expansion (skewness).
Interval mean_interval(SampleMoments const& sample, double alpha);

/// The same, held to the moments that the law of the data gives for one replicate where it is known: of a single
/// number, along the direction 1.
Interval mean_interval(SampleMoments const& sample, ByLaw const& by_law, double alpha);

/// The same for a statistic that cannot vary, by construction: what was seen, and no more. Such a constant is shown by
/// evaluation at many points of the support, never by the sample.
Interval constant_interval(double value);

}  // namespace fisherlab::claims

#pragma once

#include <Eigen/Core>
#include <cstdint>

#include "base/statistics/interval.hpp"
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

/// The same for a statistic that cannot vary, by construction: what was seen, and no more. Such a constant is shown by
/// evaluation at many points of the support, never by the sample.
Interval constant_interval(double value);

/// Two-sided interval for the Mahalanobis distance Delta = sqrt(d' V^-1 d) of a mean vector from its target.
///   T^2 = R d' V^-1 d is inverted in the noncentrality R Delta^2 of its law, alpha/2 a side (`HotellingLaw`).
/// `difference` (p): estimated mean less target; `covariance` (p x p): sample covariance of ONE replicate, divisor
/// R - 1; `count`: R. The result has no unit: it counts standard deviations of one replicate.
/// The estimate sqrt(T^2/R) is biased upwards, by about sqrt(p/R) at Delta = 0; the interval is not.
/// Two conservative choices: the upper end treats a T^2 below p as p, so that luck never gives an empty interval; above
/// T^2 = 10^4, where the mixture grows long, a triangle inequality with the central critical value takes its place.
/// Exact for normal data. For other laws the central limit theorem serves Delta, while the part of the error that
/// comes from V, Delta sqrt((kurtosis - 1)/(4 R)), is taken at the normal kurtosis 3: under-covers when Delta is of
/// order one and the tails are heavy; near Delta = 0 it does not matter.
/// A singular covariance, or R <= p, gives `vacuous_interval()`: in a direction that never varied the distance has no
/// scale. Drop the redundant component.
/// @throws InputError when the shapes disagree or alpha is outside (0, 1).
/// Source: Hotelling (1931), The generalization of Student's ratio.
Interval mean_distance(Eigen::VectorXd const& difference, Eigen::MatrixXd const& covariance, std::int64_t count,
                       double alpha);

}  // namespace fisherlab::claims

#pragma once

#include <cstdint>

namespace fisherlab {

/// Checks that `alpha` lies in (0, 1).
/// @throws InputError otherwise.
void expects_alpha(double alpha);

/// Two-sided critical value of a standard normal: P(|Z| > c) = alpha.
double normal_critical(double alpha);

/// Two-sided critical value of Student's t with `degrees` degrees of freedom: P(|t| > c) = alpha.
double student_critical(std::int64_t degrees, double alpha);

/// Critical value of the root of Hotelling's T^2 of `count` vectors in `dimension` dimensions:
///   c^2 = p (R-1)/(R-p) F_{p, R-p}(1 - alpha);   c^2 -> chi^2_p(1 - alpha) as R grows, and for p = 1 c is Student's.
/// On the event T^2 <= c^2 every linear form obeys |a'(mean - mu)| <= c sqrt(a' S a / R), simultaneously in a.
/// Infinite when count <= dimension.
/// Source: Hotelling (1931), the T^2 distribution; Scheffe (1953), simultaneous bounds.
double hotelling_critical(std::int64_t dimension, std::int64_t count, double alpha);

/// The root of the upper quantile of chi^2: P(chi^2_p > c^2) = alpha, the critical value of a known covariance. For p =
/// 1 it is `normal_critical`.
double chi_critical(std::int64_t dimension, double alpha);

}  // namespace fisherlab

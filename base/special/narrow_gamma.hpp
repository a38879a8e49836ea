#pragma once

#include "base/special/distributions.hpp"

namespace fisherlab {

/// From this shape on a gamma law is so narrow that three terms of its uniform expansion are exact to rounding, and
/// sums of its series grow with the root of the shape.
constexpr double narrow_gamma_shape = 1e4;

/// P(G <= g) and P(G > g), G ~ Gamma(shape, 1), shape from `narrow_gamma_shape` on, 0 < g finite, each to its own
/// relative error. With
/// u = (g - a)/a for shape a and half y^2 = u - log(1 + u), y of the sign of u,
///   P(G > g) = erfc(y sqrt(a/2))/2 + exp(-a y^2/2)/sqrt(2 pi a) (c_0(y) + c_1(y)/a + c_2(y)/a^2 + ...),
/// and P(G <= g) the same with erfc(-y sqrt(a/2)) and the second term subtracted. c_0 = 1/u - 1/y and
/// c_{k+1} = c_k'/y + (-1)^{k+1} g_{k+1}/u with Stirling's coefficients 1, 1/12, 1/288; here as power series in y,
/// since both tails are 0 to double precision beyond |y| = sqrt(1490/a) <= 0.39. Source: Temme (1979), SIAM J. Math.
/// Anal. 10, 757-766; DLMF 8.12.
double narrow_gamma_cdf(double g, Shape shape);
double narrow_gamma_tail(double g, Shape shape);

/// g with P(G <= g) = p, by Newton's steps from the cube of Wilson and Hilferty (1931).
double narrow_gamma_quantile(double p, Shape shape);

}  // namespace fisherlab

#pragma once

#include <functional>

#include "base/api.hpp"

namespace fisherlab::sim {

/// A function of one step t, looked at around t = 0.
using LineFunction = std::function<double(double t)>;

/// Derivatives at t = 0; not-a-number where the function does not settle.
struct LineDerivatives {
  double first = 0;
  double second = 0;
  double third = 0;  ///< where it was asked for
};

/// Where steps that look for a derivative begin.
struct FirstStep {
  double size = 1;        ///< a guess, above 0
  bool may_grow = false;  ///< whether larger ones are tried; not where the function ends at a known distance
};

/// A step, with g at both ends of it.
struct Reach {
  double size = 1;
  double up = 0;    ///< g(size)
  double down = 0;  ///< g(-size)
};

/// A step over which g changes by something like 1, a power of two times the first: shorter until g changes by at most
/// 4 to both sides, longer while it changes by less than 1/16 and goes on changing. So much of g is seen over it that
/// its rounding matters least, and the power series of a log density that is smooth on the scale of its law holds
/// there.
FISHERLAB_API Reach reach(LineFunction const& g, double at_zero, FirstStep const& first);

/// Derivatives up to `order` (2 or 3) at 0, by central differences over steps h = reach, reach/2, ... extrapolated to h
/// = 0 in powers of h^2 (Richardson's extrapolation by Neville's scheme). With A = g(h) - g(-h):
///   g' ~ A(h)/(2h),  g'' ~ (g(h) - 2 g(0) + g(-h))/h^2,  g''' ~ (A(2h) - 2 A(h))/(2 h^3).
/// An entry of the scheme is off by the truncation of its neighbours, which is what they differ by, and by rounding,
/// e max|g| c/h^k with e = 2^-52; the entry with the smallest sum of both is taken. Halving ends when rounding alone
/// would exceed it, or when it is below 1e-11, 1e-10 and 1e-8 of the derivative; the entry itself is better by far. For
/// log densities of a size of 1 to 10, whose series converges up to `reach`, that leaves relative errors of about
/// 1e-12, 1e-11 and 1e-9. Source: Ridders (1982), Advances in Engineering Software 4, 75-76, for the choice by what
/// neighbours differ by.
FISHERLAB_API LineDerivatives derivatives_by_differences(LineFunction const& g, double at_zero, Reach const& reach,
                                                         int order);

}  // namespace fisherlab::sim

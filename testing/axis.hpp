#pragma once

#include <functional>
#include <vector>

namespace fisherlab::laws {

/// Where one coordinate of an observation lies, with a centre and a width on whose scale its density is of order one
/// wide: the scale is x itself on the line and log x on the positive half-line.
struct Axis {
  /// The line, the half-line above 0, a finite interval, or whole numbers.
  enum class Kind { line, positive, interval, counts };
  Kind kind;          ///< which of them
  double centre = 0;  ///< a kink of the density there does no harm to integrals
  double width = 1;   ///< of the density
  double lower = 0;   ///< of an interval; the first count that matters
  double upper = 0;   ///< of an interval; the last count that matters
};

/// Integral of f over the axis, or the sum over counts, to a relative 1e-11 where f is smooth on both sides of the
/// centre. f must give 0 where the density is 0.
double integrate(Axis const& axis, std::function<double(double)> const& f);

/// Nine points from one tail to the other, the centre left out.
std::vector<double> points_of(Axis const& axis);

}  // namespace fisherlab::laws

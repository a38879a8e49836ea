#pragma once

#include <boost/math/quadrature/exp_sinh.hpp>
#include <boost/math/quadrature/tanh_sinh.hpp>
#include <cmath>
#include <vector>

namespace fisherlab::test {

/// Where one coordinate of an observation lies, with a centre and a width on whose scale its density is of order one
/// wide: the scale is x itself on the line and log x on the positive half-line.
struct Axis {
  enum class Kind { line, positive, interval, counts };
  Kind kind;
  double centre = 0;
  double width = 1;
  double lower = 0;  ///< of an interval; the first count that matters
  double upper = 0;  ///< of an interval; the last count that matters
};

/// Integral of f over the axis, or the sum over counts. f must give 0 where the density is 0.
/// The half-lines on both sides of the centre are integrated apart, so a kink at the centre does no harm.
template <class F>
double integrate(Axis const& axis, F const& f) {
  static boost::math::quadrature::exp_sinh<double> half_line;
  static boost::math::quadrature::tanh_sinh<double> finite;
  constexpr double tolerance = 1e-11;
  switch (axis.kind) {
    case Axis::Kind::counts: {
      double sum = 0;
      for (double k = axis.lower; k <= axis.upper; ++k) sum += f(k);
      return sum;
    }
    case Axis::Kind::interval:
      // From 0 on, because nodes crowd at the ends and would round to a lower end elsewhere, which Boost refuses.
      return finite.integrate([&](double y) { return f(axis.lower + y); }, 0.0, axis.upper - axis.lower, tolerance);
    case Axis::Kind::line: {
      auto const side = [&](double width) {
        return half_line.integrate([&, width](double y) { return f(axis.centre + width * y); }, tolerance);
      };
      return axis.width * (side(axis.width) + side(-axis.width));
    }
    case Axis::Kind::positive: {
      auto const side = [&](double width) {
        return half_line.integrate(
            [&, width](double y) {
              double const x = std::exp(axis.centre + width * y);
              double const value = x > 0 && std::isfinite(x) ? f(x) : 0;
              return value == 0 ? 0 : x * value;
            },
            tolerance);
      };
      return axis.width * (side(axis.width) + side(-axis.width));
    }
  }
  return std::nan("");
}

/// Points from one tail to the other, the centre left out.
inline std::vector<double> points_of(Axis const& axis) {
  std::vector<double> points;
  for (double const y : {-6.0, -2.5, -1.0, -0.3, 0.05, 0.4, 1.2, 3.0, 6.0}) {
    double const x = axis.centre + axis.width * y;
    switch (axis.kind) {
      case Axis::Kind::line:
        points.push_back(x);
        break;
      case Axis::Kind::positive:
        points.push_back(std::exp(x));
        break;
      case Axis::Kind::interval:
        points.push_back(axis.lower + (axis.upper - axis.lower) * (0.5 + y / 13));
        break;
      case Axis::Kind::counts:
        points.push_back(std::fmin(std::fmax(std::round(x), axis.lower), axis.upper));
        break;
    }
  }
  return points;
}

}  // namespace fisherlab::test

#include "testing/axis.hpp"

#include <boost/math/quadrature/exp_sinh.hpp>
#include <boost/math/quadrature/tanh_sinh.hpp>
#include <cmath>

namespace fisherlab::laws {
namespace {

constexpr double tolerance = 1e-11;

/// Both sides of the centre apart.
double over_half_lines(Axis const& axis, std::function<double(double)> const& f) {
  static boost::math::quadrature::exp_sinh<double> rule;
  auto const side = [&](double width) {
    return rule.integrate([&, width](double y) { return f(axis.centre + width * y); }, tolerance);
  };
  return axis.width * (side(axis.width) + side(-axis.width));
}

}  // namespace

double integrate(Axis const& axis, std::function<double(double)> const& f) {
  static boost::math::quadrature::tanh_sinh<double> finite;
  switch (axis.kind) {
    case Axis::Kind::counts: {
      double sum = 0;
      for (double k = axis.lower; k <= axis.upper; ++k) sum += f(k);
      return sum;
    }
    case Axis::Kind::interval:
      // From 0 on, because nodes crowd at the ends and would round to a lower end elsewhere, which Boost refuses.
      return finite.integrate([&](double y) { return f(axis.lower + y); }, 0.0, axis.upper - axis.lower, tolerance);
    case Axis::Kind::line:
      return over_half_lines(axis, f);
    case Axis::Kind::positive:
      return over_half_lines(axis, [&](double log_x) {
        double const x = std::exp(log_x);
        double const value = x > 0 && std::isfinite(x) ? f(x) : 0;
        return value == 0 ? 0 : x * value;
      });
  }
  return std::nan("");
}

std::vector<double> points_of(Axis const& axis) {
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

}  // namespace fisherlab::laws

#include "base/special/narrow_gamma.hpp"

#include <array>
#include <boost/math/special_functions/log1p.hpp>
#include <cmath>
#include <numbers>

namespace fisherlab {
namespace {

using Series = std::array<double, 14>;

/// Powers of y in c_0, c_1 and c_2: rational numbers from u = y + y^2/3 + y^3/36 - ..., which solves u u' = y (1 + u).
constexpr Series c0 = {-0.3333333333333333,    0.08333333333333333,    -0.014814814814814815,   0.0011574074074074073,
                       0.0003527336860670194,  -0.0001787551440329218, 3.919263178522438e-05,   -2.185448510679992e-06,
                       -1.85406221071516e-06,  8.296711340953087e-07,  -1.7665952736826078e-07, 6.707853543401498e-09,
                       1.0261809784240309e-08, -4.382036018453353e-09};
constexpr Series c1 = {-0.001851851851851852,   -0.003472222222222222,  0.0026455026455026454,   -0.0009902263374485596,
                       0.00020576131687242798,  -4.018775720164609e-07, -1.8098550334489977e-05, 7.64916091608111e-06,
                       -1.6120900894563446e-06, 4.647127802807434e-09,  1.378633446915721e-07,   -5.752545603517705e-08,
                       1.1951628599778148e-08,  -1.7543241719747647e-11};
constexpr Series c2 = {0.004133597883597883,   -0.0026813271604938273, 0.0007716049382716049,
                       2.0093878600823047e-06, -0.0001073665322636516, 5.2923448829120125e-05};

double sum_of(Series const& series, double y) {
  double sum = 0;
  for (std::size_t k = series.size(); k-- > 0;) sum = series[k] + y * sum;
  return sum;
}

/// Where g lies in the law.
struct Place {
  double y = 0;        ///< see the header
  double density = 0;  ///< exp(-a y^2/2)/sqrt(2 pi a)
};

Place place_of(double g, double a) {
  double const u = (g - a) / a;
  double const half_square = -boost::math::log1pmx(u);
  return {std::copysign(std::sqrt(2 * half_square), u),
          std::exp(-a * half_square) / std::sqrt(2 * std::numbers::pi * a)};
}

/// What P(G > g) has beyond the normal tail.
double excess(Place const& place, double a) {
  if (place.density == 0) return 0;
  return place.density * (sum_of(c0, place.y) + (sum_of(c1, place.y) + sum_of(c2, place.y) / a) / a);
}

}  // namespace

double narrow_gamma_cdf(double g, Shape shape) {
  double const a = shape.value;
  auto const place = place_of(g, a);
  return 0.5 * std::erfc(-place.y * std::sqrt(0.5 * a)) - excess(place, a);
}

double narrow_gamma_tail(double g, Shape shape) {
  double const a = shape.value;
  auto const place = place_of(g, a);
  return 0.5 * std::erfc(place.y * std::sqrt(0.5 * a)) + excess(place, a);
}

double narrow_gamma_quantile(double p, Shape shape) {
  double const a = shape.value, third = 1 / (9 * a);
  bool const is_upper = p > 0.5;
  double g = a * std::pow(1 - third + normal_quantile(p) * std::sqrt(third), 3);
  for (int step = 0; step < 4; ++step) {
    // The density at g is a/g exp(-a y^2/2)/sqrt(2 pi a) over Gamma's ratio to Stirling's formula, 1 + 1/(12 a).
    double const density = place_of(g, a).density * a / g;
    double const missing = is_upper ? narrow_gamma_tail(g, shape) - (1 - p) : p - narrow_gamma_cdf(g, shape);
    g += missing / density;
  }
  return g;
}

}  // namespace fisherlab

#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "sim/math/circular.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/gamma_functions.hpp"
#include "sim/math/log_gamma.hpp"
#include "tests/support/ulp.hpp"

namespace fisherlab::test {

/// The bounds the docstrings of sim/math/ state, in ulp.
namespace bound {
inline constexpr double log = 1.0;
inline constexpr double log1p = 1.0;
inline constexpr double exp = 1.0;
inline constexpr double expm1 = 1.8;
inline constexpr double tanh = 2.7;
inline constexpr double circular = 1.8;
inline constexpr double lgamma = 9.0;
inline constexpr double digamma = 12.0;  // of max(1, |digamma|)
inline constexpr double trigamma = 11.0;
}  // namespace bound

inline constexpr double inf = std::numeric_limits<double>::infinity();

/// Points for a sweep, from a fixed seed.
class Points {
 public:
  explicit Points(std::uint64_t seed) : bits_(seed) {}

  double uniform(double low, double high) { return low + (high - low) * static_cast<double>(bits_() >> 11) * 0x1p-53; }

  /// `count` points, uniform in [low, high).
  std::vector<double> linear(int count, double low, double high) {
    std::vector<double> x;
    for (int i = 0; i < count; ++i) x.push_back(uniform(low, high));
    return x;
  }

  /// `count` points whose logarithm is uniform between 2^low and 2^high, plus `centre`, on both sides of it if asked.
  std::vector<double> geometric(int count, double low, double high, double centre = 0.0, bool both_sides = false) {
    std::vector<double> x;
    for (int i = 0; i < count; ++i) {
      double const sign = both_sides && (bits_() >> 63) != 0 ? -1.0 : 1.0;
      x.push_back(centre + sign * std::exp2(uniform(low, high)));
    }
    return x;
  }

  /// `count` doubles of any bits: every exponent, both signs, subnormal, infinite and NaN.
  std::vector<double> any_bits(int count) {
    std::vector<double> x;
    for (int i = 0; i < count; ++i) x.push_back(sim::from_bits(std::uint64_t{bits_()}));
    return x;
  }

 private:
  std::mt19937_64 bits_;
};

struct WorstError {
  double ulp = 0.0;
  double at = std::numeric_limits<double>::quiet_NaN();
};

/// The largest error of `function` against `exact` (a function of a wider type) over the points, in ulp of the result,
/// or of `floor` where the result is smaller than that.
template <class Reference, class Function, class Exact>
WorstError worst_error(std::vector<double> const& points, Function function, Exact exact, double floor = 0.0) {
  WorstError worst;
  for (double const x : points) {
    Reference const truth = exact(Reference(x));
    double error = ulp_error(function(x), truth);
    double const size = std::fabs(static_cast<double>(truth));
    if (size < floor) error *= ulp_at(size) / ulp_at(floor);
    if (!(error <= worst.ulp)) worst = {error, x};
  }
  return worst;
}

#define EXPECT_WITHIN_ULP(limit, ...)                                      \
  do {                                                                     \
    auto const worst = ::fisherlab::test::worst_error<Exact>(__VA_ARGS__); \
    EXPECT_LE(worst.ulp, limit) << "at " << std::hexfloat << worst.at;     \
  } while (false)

}  // namespace fisherlab::test

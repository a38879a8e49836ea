#include "estimators/censored/gamma_tails.hpp"

#include <cmath>

#include "base/special/distributions.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/log_gamma.hpp"

namespace fisherlab::estimators {
namespace {

using sim::Lanes;

constexpr double least_shape = 0.01, most_shape = 200;
constexpr double settled = 1e-17;
constexpr int most_terms = 2000;

/// log(1 - exp(-d)), d >= 0.
Lanes log_of_rest(Lanes const& d) { return select(d < Lanes(0.7), log(-expm1(-d)), log1p(-exp(-d))); }

/// gamma(a, x) / (x^a e^-x) = sum over k of x^k/(a (a + 1) ... (a + k)).
Lanes series(Lanes const& x, Lanes const& a) {
  Lanes term = 1.0 / a, sum = term, next = a;
  for (int k = 0; k < most_terms; ++k) {
    next += 1.0;
    term *= x / next;
    sum += term;
    if (all(term < settled * sum)) break;
  }
  return sum;
}

/// Gamma(a, x) / (x^a e^-x), by the continued fraction 1/(x + 1 - a - 1 (1 - a)/(x + 3 - a - ...)), from its front
/// (the method of Lentz).
Lanes fraction(Lanes const& x, Lanes const& a) {
  constexpr double rounding = 2e-16;
  Lanes b = x + 1.0 - a, d = 1.0 / b, c = 1e300, value = d;
  for (int k = 1; k < most_terms; ++k) {
    Lanes const numerator = static_cast<double>(k) * (a - static_cast<double>(k));
    b += 2.0;
    d = 1.0 / (numerator * d + b);
    c = b + numerator / c;
    Lanes const change = c * d;
    value *= change;
    if (all(abs(change - 1.0) < Lanes(rounding))) break;
  }
  return value;
}

}  // namespace

GammaLogTails gamma_log_tails(Lanes const& x, Lanes const& shape) {
  auto const is_usual =
      (shape >= Lanes(least_shape)) & (shape <= Lanes(most_shape)) & (x > Lanes(0.0)) & (x < Lanes(1e300));
  Lanes const a = select(is_usual, shape, Lanes(1.0)), y = select(is_usual, x, Lanes(1.0));
  Lanes const log_scale = a * log(y) - y - lgamma(a);
  auto const is_low = y < a + 1.0;
  GammaLogTails tails;
  if (any(is_low)) {
    tails.lower = log_scale + log(series(min(y, a + 1.0), a));
    tails.upper = log_of_rest(max(-tails.lower, Lanes(0.0)));
  }
  if (!all(is_low)) {
    Lanes const upper = log_scale + log(fraction(max(y, a + 1.0), a));
    Lanes const lower = log_of_rest(max(-upper, Lanes(0.0)));
    tails.lower = any(is_low) ? select(is_low, tails.lower, lower) : lower;
    tails.upper = any(is_low) ? select(is_low, tails.upper, upper) : upper;
  }
  if (all(is_usual)) return tails;
  for (int lane = 0; lane < sim::lane_count; ++lane) {
    if ((to_set(is_usual) >> lane & 1) != 0) continue;
    bool const is_law = shape[lane] > 0 && std::isfinite(shape[lane]) && x[lane] >= 0;  // steps may leave all numbers
    tails.lower.set(lane, is_law ? sim::log(gamma_cdf(x[lane], Shape{shape[lane]})) : -HUGE_VAL);
    tails.upper.set(lane, is_law ? sim::log(gamma_tail(x[lane], Shape{shape[lane]})) : -HUGE_VAL);
  }
  return tails;
}

}  // namespace fisherlab::estimators

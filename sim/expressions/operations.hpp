#pragma once

#include <cstdint>

#include "sim/math/angles.hpp"
#include "sim/math/elementary.hpp"
#include "sim/math/error_function.hpp"
#include "sim/math/gamma_functions.hpp"
#include "sim/math/log_gamma.hpp"
#include "sim/math/polynomial.hpp"
#include "sim/math/rounding.hpp"
#include "sim/math/tetragamma.hpp"

namespace fisherlab::sim {

/// What a node of an expression does to its parts. Comparisons give 1 or 0; `choose` gives its second part where the
/// first is not 0, else the third.
enum class Operation : std::uint8_t {
  number,
  variable,
  add,
  subtract,
  multiply,
  divide,
  negate,
  log,
  log1p,
  exp,
  expm1,
  sqrt,
  abs,
  floor,
  sin,
  cos,
  tanh,
  atan,
  lgamma,
  digamma,
  trigamma,
  tetragamma,
  erf,
  erfc,
  normal_cdf,
  min,
  max,
  less,
  less_equal,
  equal,
  choose
};

namespace detail {

/// Below 1/2 by Maclaurin's series, sum (-1)^k x^(2k + 1) 2/(k! (2k + 1) sqrt(pi)), so that small x keep their digits;
/// what is left out is below 1e-17 relative.
template <class Real>
FISHERLAB_INLINE Real erf_of(Real const& x) {
  constexpr double two_over_root_pi = 0x1.20dd750429b6dp0;
  Real const near = select(abs(x) < Real(0.5), x, Real(0.0));
  Real const series = polynomial(Real(near * near), 1.0, -1.0 / 3, 1.0 / 10, -1.0 / 42, 1.0 / 216, -1.0 / 1320,
                                 1.0 / 9360, -1.0 / 75600, 1.0 / 685440, -1.0 / 6894720, 1.0 / 76204800,
                                 -1.0 / 918086400, 1.0 / 11975040000, -1.0 / 168129561600);
  Real const far = 1.0 - erfc(abs(x));
  return select(abs(x) < Real(0.5), two_over_root_pi * near * series, select(x < Real(0.0), -far, far));
}

}  // namespace detail

/// Hands `visit` the function (a, b, c) -> value of an operation, over `double` or `Lanes`; parts that it does not have
/// are not looked at.
template <class Visit>
FISHERLAB_INLINE void with_operation(Operation operation, Visit const& visit) {
#define FISHERLAB_OPERATION(name, ...)                                                          \
  case Operation::name:                                                                         \
    return visit([]<class Real>([[maybe_unused]] Real const& a, [[maybe_unused]] Real const& b, \
                                [[maybe_unused]] Real const& c) -> Real { return __VA_ARGS__; });
  switch (operation) {
    FISHERLAB_OPERATION(add, a + b)
    FISHERLAB_OPERATION(subtract, a - b)
    FISHERLAB_OPERATION(multiply, a * b)
    FISHERLAB_OPERATION(divide, a / b)
    FISHERLAB_OPERATION(negate, -a)
    FISHERLAB_OPERATION(log, log(a))
    FISHERLAB_OPERATION(log1p, log1p(a))
    FISHERLAB_OPERATION(exp, exp(a))
    FISHERLAB_OPERATION(expm1, expm1(a))
    FISHERLAB_OPERATION(sqrt, sqrt(a))
    FISHERLAB_OPERATION(abs, abs(a))
    FISHERLAB_OPERATION(floor, select(abs(a) < Real(0x1p51), floor_of(a), a))
    FISHERLAB_OPERATION(sin, sin(a))
    FISHERLAB_OPERATION(cos, cos(a))
    FISHERLAB_OPERATION(tanh, tanh(a))
    FISHERLAB_OPERATION(atan, atan2(a, Real(1.0)))
    FISHERLAB_OPERATION(lgamma, lgamma(a))
    FISHERLAB_OPERATION(digamma, digamma(a))
    FISHERLAB_OPERATION(trigamma, trigamma(a))
    FISHERLAB_OPERATION(tetragamma, tetragamma(a))
    FISHERLAB_OPERATION(erf, detail::erf_of(a))
    FISHERLAB_OPERATION(erfc, erfc(a))
    FISHERLAB_OPERATION(normal_cdf, normal_cdf(a))
    FISHERLAB_OPERATION(min, min(a, b))
    FISHERLAB_OPERATION(max, max(a, b))
    FISHERLAB_OPERATION(less, select(a < b, Real(1.0), Real(0.0)))
    FISHERLAB_OPERATION(less_equal, select(a <= b, Real(1.0), Real(0.0)))
    FISHERLAB_OPERATION(equal, select(a == b, Real(1.0), Real(0.0)))
    FISHERLAB_OPERATION(choose, select(a == Real(0.0), c, b))
    case Operation::number:
    case Operation::variable:
      break;
  }
#undef FISHERLAB_OPERATION
}

}  // namespace fisherlab::sim

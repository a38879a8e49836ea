#pragma once

#include <boost/math/differentiation/autodiff.hpp>
#include <cmath>
#include <cstddef>

// What model formulas use and Boost.Math's autodiff lacks. In its namespace, where the formulas find it by the type of
// their arguments.
namespace boost::math::differentiation {
inline namespace autodiff_v1 {
namespace detail {

/// log(1 + x), with derivatives (-1)^(i-1) (i - 1)!/(1 + x)^i.
template <typename RealType, std::size_t Order>
fvar<RealType, Order> log1p(fvar<RealType, Order> const& x) {
  using Root = typename fvar<RealType, Order>::root_type;
  auto const at = static_cast<Root>(x);
  return x.apply_derivatives(fvar<RealType, Order>::order_sum, [at](std::size_t i) {
    if (i == 0) return std::log1p(at);
    Root derivative = 1 / (1 + at);
    for (std::size_t k = 1; k < i; ++k) derivative *= -static_cast<Root>(k) / (1 + at);
    return derivative;
  });
}

template <typename RealType, std::size_t Order>
fvar<RealType, Order> select(bool first, fvar<RealType, Order> const& a, fvar<RealType, Order> const& b) {
  return first ? a : b;
}

}  // namespace detail
}  // namespace autodiff_v1
}  // namespace boost::math::differentiation

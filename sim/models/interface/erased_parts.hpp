#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "base/expects.hpp"
#include "sim/autodiff/dual.hpp"
#include "sim/models/interface/model.hpp"

/// Between the spans and pointers of the batch interface and the arrays of a model M.
namespace fisherlab::sim::erased {

template <class M>
Theta<double, M::parameter_count> scalar_theta(std::span<double const> theta) {
  expects(theta.size() == M::parameter_count, "the parameter vector has the wrong length, give one value a parameter");
  Theta<double, M::parameter_count> t;
  for (std::size_t a = 0; a < t.size(); ++a) t[a] = theta[a];
  return t;
}

template <class M>
Theta<Lanes, M::parameter_count> lane_theta(Lanes const* theta) {
  Theta<Lanes, M::parameter_count> t;
  for (std::size_t a = 0; a < t.size(); ++a) t[a] = theta[a];
  return t;
}

template <class Array, class Real>
void copy_out(Array const& from, Real* to) {
  for (std::size_t k = 0; k < from.size(); ++k) to[k] = from[k];
}

/// Observation i of all lanes.
template <class M>
FISHERLAB_INLINE ObservationOf<M, Lanes> observation(Sample const& sample, std::int64_t i) {
  if constexpr (M::dimension == 1) {
    return sample.data()[i];
  } else {
    std::array<Lanes, M::dimension> x;
    for (std::size_t d = 0; d < M::dimension; ++d) x[d] = sample(i, static_cast<int>(d));
    return x;
  }
}

/// An observation as a constant of automatic differentiation.
template <class M, class D>
FISHERLAB_INLINE ObservationOf<M, D> constant(ObservationOf<M, Lanes> const& x) {
  auto const one = [](Lanes const& v) {
    if constexpr (std::is_same_v<D, Dual<Lanes>>)
      return D(v, Lanes(0.0));
    else
      return D(Dual<Lanes>(v, Lanes(0.0)), Dual<Lanes>(0.0));
  };
  if constexpr (M::dimension == 1) {
    return one(x);
  } else {
    std::array<D, M::dimension> y;
    for (std::size_t d = 0; d < M::dimension; ++d) y[d] = one(x[d]);
    return y;
  }
}

}  // namespace fisherlab::sim::erased

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <utility>
#include <vector>

#include "sim/autodiff/dual.hpp"
#include "sim/models/interface/model.hpp"

namespace fisherlab::laws {

/// First and second derivative of log p(x; theta + e direction) at e = 0.
struct Slope {
  double first;   ///< d/de
  double second;  ///< d^2/de^2
};

/// The formulas of a model for one observation in plain numbers, as functions: the laws are compiled once for all
/// models. x has `dimension` coordinates; theta, direction and score p numbers; the Hessian is packed, p (p + 1)/2.
struct Formulas {
  /// log p(x; theta)
  std::function<double(double const* x, double const* theta)> log_density;
  /// grad log p(x; theta) into `score`
  std::function<void(double const* x, double const* theta, double* score)> score;
  /// grad^2 log p(x; theta) into `packed`
  std::function<void(double const* x, double const* theta, double* packed)> hessian;
  /// The same derivatives along a direction by automatic differentiation of the log density.
  std::function<Slope(double const* x, double const* theta, double const* direction)> slope;
  /// n draws from one replicate's stream, for a model of one coordinate that draws one by one; else empty.
  std::function<std::vector<double>(double const* theta, sim::StreamKey const& key, std::int64_t n)> draws;
  bool sums_itself = false;  ///< sums over a sample from sufficient statistics (sim::SumsItself): equal to rounding
};

/// A vector of numbers as the model takes it: theta, or an observation where it has several coordinates.
template <std::size_t size, class Real = double>
std::array<Real, size> array_at(Real const* numbers) {
  std::array<Real, size> result;
  for (std::size_t k = 0; k < size; ++k) result[k] = numbers[k];
  return result;
}

/// An observation as the model takes it: a number where it has one coordinate.
template <class M, class Real = double>
sim::ObservationOf<M, Real> observation_at(Real const* x) {
  if constexpr (M::dimension == 1)
    return *x;
  else
    return array_at<M::dimension>(x);
}

/// Derivatives of M's log density along a direction, by the dual numbers that also serve the claims.
template <sim::SmoothModel M>
Slope dual_slope(M const& model, double const* x, double const* theta, double const* direction) {
  using First = sim::Dual<double>;
  using Second = sim::Dual<First>;
  sim::ThetaOf<M, Second> t;
  for (std::size_t a = 0; a < t.size(); ++a) t[a] = Second(First(theta[a], direction[a]), First(direction[a], 0.0));
  std::array<Second, M::dimension> y;
  for (std::size_t d = 0; d < y.size(); ++d) y[d] = Second(x[d]);
  auto const value = model.log_density(observation_at<M, Second>(y.data()), t);
  return {value.value.derivative, value.derivative.derivative};
}

/// The formulas of a model, with a slope from elsewhere.
template <sim::SmoothModel M>
Formulas formulas_with(M const& model,
                       std::function<Slope(double const* x, double const* theta, double const* direction)> slope) {
  constexpr std::size_t p = M::parameter_count;
  Formulas f;
  f.log_density = [model](double const* x, double const* theta) -> double {
    return model.log_density(observation_at<M>(x), array_at<p>(theta));
  };
  f.score = [model](double const* x, double const* theta, double* score) {
    auto const s = model.score(observation_at<M>(x), array_at<p>(theta));
    for (std::size_t a = 0; a < p; ++a) score[a] = s[a];
  };
  f.hessian = [model](double const* x, double const* theta, double* packed) {
    auto const h = model.hessian(observation_at<M>(x), array_at<p>(theta));
    for (std::size_t k = 0; k < h.size(); ++k) packed[k] = h[k];
  };
  f.slope = std::move(slope);
  if constexpr (M::dimension == 1 &&
                requires(sim::ScalarStream stream, sim::ThetaOf<M, double> theta) { model.draw(theta, stream); })
    f.draws = [model](double const* theta, sim::StreamKey const& key, std::int64_t n) {
      sim::ScalarStream stream(key);
      std::vector<double> draws(static_cast<std::size_t>(n));
      for (double& x : draws) x = model.draw(array_at<p>(theta), stream);
      return draws;
    };
  f.sums_itself = sim::SumsItself<M>;
  return f;
}

/// The formulas of a model, its slope by dual_slope.
template <sim::SmoothModel M>
Formulas formulas_of(M const& model) {
  return formulas_with(model, [model](double const* x, double const* theta, double const* direction) {
    return dual_slope(model, x, theta, direction);
  });
}

}  // namespace fisherlab::laws

#pragma once

#include <complex>
#include <concepts>
#include <cstddef>
#include <string>
#include <vector>

#include "sim/models/interface/model.hpp"

namespace fisherlab::sim {

/// A model written for one number at a time, with ordinary functions of `double`: no templates, no lanes.
///   double log_density(double x, sim::Theta<double, p> const& theta) const;
///   double draw(sim::Theta<double, p> const& theta, sim::ScalarStream& stream) const;
/// With several coordinates x and the draw are `std::array<double, dimension>`. All else is derived from that, unless
/// it is there: score(x, theta), hessian(x, theta), information(theta), start(sample) with a `std::vector` of
/// observations, mean(theta), variance(theta), moment_order(theta), with_constants(numbers), constants().
template <class M>
concept ScalarModel = Model<M> &&
    requires(M const m, ThetaOf<M, double> const theta, ScalarStream& stream, ObservationOf<M, double> const x) {
  { m.log_density(x, theta) } -> std::same_as<double>;
  { m.draw(theta, stream) } -> std::same_as<ObservationOf<M, double>>;
};

/// A scalar model whose log density also takes complex parameters,
///   template <class T> T log_density(double x, sim::Theta<T, p> const& theta) const;
/// written with analytic functions (std::log, std::exp, std::pow ..., not std::abs, std::real or comparisons).
template <class M>
concept HasComplexDensity = requires(M const m, ThetaOf<M, std::complex<double>> const theta,
                                     ObservationOf<M, double> const x) {
  { m.log_density(x, theta) } -> std::same_as<std::complex<double>>;
};

/// How the derivatives of a scalar model are had, in words for its card.
template <ScalarModel M>
std::string how_scalar_derivatives_are_had() {
  return HasComplexDensity<M> ? "by complex steps of the log density, and differences of these"
                              : "by differences of the log density";
}

}  // namespace fisherlab::sim

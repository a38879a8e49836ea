#pragma once

#include <cmath>

#include "sim/math/error_function.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"
#include "sim/models/parts/draw_limits.hpp"
#include "sim/totals.hpp"

namespace fisherlab::sim {

/// Normal law with mean theta^3 and standard deviation 1, theta real:
///   log p(x; theta) = -(x - theta^3)^2/2 - log(2 pi)/2,   x real.
/// Information of one observation: 9 theta^4. Derivation: score = 3 theta^2 (x - theta^3),
/// hessian = 6 theta (x - theta^3) - 9 theta^4.
///
/// Outside the hypotheses at theta = 0, where the information is 0: there the estimate, the cube root of the mean,
/// equals n^{-1/6} times the cube root of a standard normal variable, far from normal at every n.
/// Bias to first order elsewhere: half the second derivative of the cube root at theta^3, -1/(9 theta^5 n).
struct NormalCube {
  static constexpr std::size_t parameter_count = 1;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::outside;

  static ModelCard card() {
    return {.name = "normal_cube",
            .title = "Normal with mean theta^3 and standard deviation 1",
            .parameters = {"theta"},
            .domains = {Domain::real},
            .constants = {},
            .space = "|theta| is below 1e100",
            .formula = "log p = -(x - theta^3)^2/2 - log(2 pi)/2",
            .support = "x real",
            .information = "9 theta^4, which is 0 at theta = 0",
            .estimate = "the cube root of the sample mean, in closed form",
            .regularity = Regularity::outside,
            .hypotheses =
                "fails at theta = 0, where the information is 0 and the estimate settles at the rate n^(-1/6); every "
                "moment of the estimate exists",
            .source = "derived in sim/models/normal_cube.hpp",
            .draw_problem = &draws::of_cube};
  }

  bool in_space(Theta<double, 1> const& t) const { return abs(t[0]) < 1e100; }
  bool in_support(double const* x) const { return std::isfinite(*x); }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 1> const& t) const {
    Real const z = x - cube(t[0]);
    return -0.5 * z * z - 0.5 * log_two_pi;
  }
  template <class Real>
  Theta<Real, 1> score(Real const& x, Theta<Real, 1> const& t) const {
    return {3.0 * t[0] * t[0] * (x - cube(t[0]))};
  }
  template <class Real>
  Symmetric<Real, 1> hessian(Real const& x, Theta<Real, 1> const& t) const {
    return {6.0 * t[0] * (x - cube(t[0])) - 9.0 * t[0] * cube(t[0])};
  }
  template <class Real>
  Symmetric<Real, 1> information(Theta<Real, 1> const& t) const {
    return {9.0 * t[0] * cube(t[0])};
  }

  template <class Real>
  Real mean(Theta<Real, 1> const& t) const {
    return cube(t[0]);
  }
  template <class Real>
  Real variance(Theta<Real, 1> const&) const {
    return Real(1.0);
  }
  template <class Real>
  Real median(Theta<Real, 1> const& t) const {
    return cube(t[0]);
  }
  template <class Real>
  Real quantile(double prob, Theta<Real, 1> const& t) const {
    return cube(t[0]) + normal_quantile(prob);
  }
  template <class Real>
  Real tail(double c, Theta<Real, 1> const& t) const {
    return normal_cdf(cube(t[0]) - c);
  }
  static constexpr bool symmetric = true;
  Theta<Lanes, 1> from_moments(Lanes const& mean, Lanes const&) const { return {cube_root(mean)}; }
  Theta<Lanes, 1> first_order_bias(Theta<Lanes, 1> const& t) const { return {-1.0 / (9.0 * t[0] * t[0] * cube(t[0]))}; }

  template <class Real>
  Real draw(Theta<double, 1> const& t, Stream<Real>& stream) const {
    return cube(t[0]) + stream.normal();
  }
  SampleTotal totals() const { return {}; }
  LaneSet fit(SampleTotal const& total, Theta<Lanes, 1>& theta) const {
    theta = {cube_root(total.mean())};
    return all_lanes;
  }
  LaneSet fit(Sample const& sample, Theta<Lanes, 1>& theta) const { return fit(gathered(totals(), sample), theta); }

  template <class Real>
  static Real cube(Real const& x) {
    return x * x * x;
  }
  /// exp(log|x|/3) with the sign of x, and 0 at 0.
  static Lanes cube_root(Lanes const& x) {
    Lanes const size = exp(log(abs(x)) / 3.0);
    return select(x < Lanes(0.0), -size, size);
  }
};
static_assert(SmoothModel<NormalCube> && !RegularModel<NormalCube>);

}  // namespace fisherlab::sim

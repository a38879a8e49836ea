#pragma once

#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "base/expects.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::sim {

/// Neyman and Scott's strata, theta = (variance) = (v), v > 0: an observation is a pair (x, y) of one stratum, both
/// N(m, v), where every stratum has a mean m of its own, a nuisance parameter, drawn from N(0, spread^2).
///
/// What stands for the log density is the log likelihood of the stratum at its own best m, (x + y)/2:
///   log p(x, y; v) = -log(2 pi v) - (x - y)^2/(4 v),   x, y real.
/// It is not the log of a density: its integral is not 1 and its score has mean -1/(2v), because the nuisance
/// parameters grow in number with the sample. The maximum likelihood estimate sum (x - y)^2/(4n) has mean v/2 at every
/// n and tends to v/2: it is not consistent. What is given as information, 1/v^2, is formal: that of two normal
/// observations with a known mean. Derivation: (x - y)^2/(2v) is chi^2_1. Source: Neyman and Scott (1948), Econometrica
/// 16, 1-32.
struct NeymanScott {
  static constexpr std::size_t parameter_count = 1;
  static constexpr std::size_t dimension = 2;
  static constexpr Regularity regularity = Regularity::outside;
  template <class Real>
  using Pair = std::array<Real, 2>;
  double spread = 1.0;

  FISHERLAB_API static ModelCard card();
  static NeymanScott with_constants(std::span<double const> c) {
    expects(std::isfinite(c[0]) && c[0] >= 0, "neyman_scott needs a spread of the strata of 0 or more, set spread");
    return {c[0]};
  }
  std::vector<double> constants() const { return {spread}; }

  bool in_space(Theta<double, 1> const& t) const { return std::isfinite(t[0]) && t[0] > 0; }
  bool in_support(double const* x) const { return std::isfinite(x[0]) && std::isfinite(x[1]); }

  template <class Real>
  Real log_density(Pair<Real> const& x, Theta<Real, 1> const& t) const {
    Real const d = x[0] - x[1];
    return -log(t[0]) - log_two_pi - d * d / (4.0 * t[0]);
  }
  template <class Real>
  Theta<Real, 1> score(Pair<Real> const& x, Theta<Real, 1> const& t) const {
    Real const d = x[0] - x[1];
    return {(d * d / (4.0 * t[0]) - 1.0) / t[0]};
  }
  template <class Real>
  Symmetric<Real, 1> hessian(Pair<Real> const& x, Theta<Real, 1> const& t) const {
    Real const d = x[0] - x[1];
    return {(1.0 - d * d / (2.0 * t[0])) / (t[0] * t[0])};
  }
  template <class Real>
  Symmetric<Real, 1> information(Theta<Real, 1> const& t) const {
    return {1.0 / (t[0] * t[0])};
  }

  template <class Real>
  Theta<Real, 1> mean_of_estimate(Theta<Real, 1> const& t, double) const {
    return {0.5 * t[0]};
  }

  template <class Real>
  Pair<Real> draw(Theta<double, 1> const& t, Stream<Real>& stream) const {
    double const sd = sqrt(t[0]);
    Real const centre = spread * stream.normal();
    auto const [first, second] = stream.normal_pair();
    return {centre + sd * first, centre + sd * second};
  }
  FISHERLAB_API LaneSet fit(Sample const& sample, Theta<Lanes, 1>& theta) const;
};
static_assert(SmoothModel<NeymanScott> && !RegularModel<NeymanScott>);

}  // namespace fisherlab::sim

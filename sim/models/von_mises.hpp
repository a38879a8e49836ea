#pragma once

#include <cmath>
#include <optional>

#include "sim/math/angles.hpp"
#include "sim/math/bessel.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"
#include "sim/models/parts/draw_limits.hpp"

namespace fisherlab::sim {

/// Von Mises law on the circle, theta = (mean, concentration) = (m, k), k > 0; with d = x - m:
///   log p(x; theta) = k cos d - log I0(k) - log(2 pi),   x an angle in radians, modulo 2 pi.
/// Information of one observation: diag(k r(k), r'(k)), r = I1/I0, r' = 1 - r/k - r^2.
/// Derivation: score = (k sin d, cos d - r); hessian = [-k cos d, sin d; sin d, -r']; E cos d = r, E sin d = 0.
/// Estimate: with C and S the means of cos x and sin x and R^2 = C^2 + S^2, m is the angle of (C, S) and r(k) = R.
/// Moments: 2k(1 - R) is nearly the inverse of chi-square with n - 1 degrees where R is near 1, so the j-th moment of
/// the concentration estimate exists for 2j < n - 1.
struct VonMises {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;

  static ModelCard card() {
    return {
        .name = "von_mises",
        .title = "Von Mises (mean direction and concentration)",
        .parameters = {"mean", "concentration"},
        .domains = {Domain::angle, Domain::positive},
        .constants = {},
        .space = "mean is an angle from -pi to pi",
        .formula = "log p = k cos(x - m) - log I0(k) - log(2 pi) with m the mean, k the concentration",
        .support = "angles in radians, -2 pi <= x <= 2 pi, read modulo 2 pi; draws lie in (-pi, pi]",
        .ranges = {Range::circle},
        .information = "diag(k r, r') with r = I1(k)/I0(k) and r' = 1 - r/k - r^2",
        .estimate = "mean: the angle of (sum cos x, sum sin x); concentration: Newton on r(k) = mean length",
        .hypotheses =
            "meets all; the mean is an angle, in [-pi, pi], and its estimate is given in (-pi, pi]: errors of it are "
            "taken round the circle, so no figure but the angle depends on where 0 lies; as k goes to 0 the "
            "information about the mean vanishes; the j-th moment of the concentration estimate exists for n > 2j "
            "+ 1; it does not exist where all observations are equal, and above a concentration of 1e24 counts as not "
            "found",
        .moments = {.slope = 2, .offset = 1, .grows = false},
        .source = "Mardia and Jupp (2000), Directional Statistics; derived in sim/models/von_mises.hpp",
        .draw_problem = &draws::of_directions};
  }

  bool in_space(Theta<double, 2> const& t) const { return std::fabs(t[0]) <= pi && std::isfinite(t[1]) && t[1] > 0; }
  /// Above it doubles near pi round off a thousandth of the angles' spread.
  static constexpr double most_concentration = 1e24;
  bool in_support(double const* x) const { return std::fabs(*x) <= 2 * pi; }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 2> const& t) const {
    return t[1] * cos(x - t[0]) - log_bessel_i0(t[1]) - log_two_pi;
  }
  template <class Real>
  Theta<Real, 2> score(Real const& x, Theta<Real, 2> const& t) const {
    Real sine, cosine;
    sincos(x - t[0], sine, cosine);
    return {t[1] * sine, cosine - bessel_ratio(t[1])};
  }
  template <class Real>
  Symmetric<Real, 2> hessian(Real const& x, Theta<Real, 2> const& t) const {
    Real sine, cosine;
    sincos(x - t[0], sine, cosine);
    return {-t[1] * cosine, sine, -bessel_ratio_derivative(t[1])};
  }
  template <class Real>
  Symmetric<Real, 2> information(Theta<Real, 2> const& t) const {
    return {t[1] * bessel_ratio(t[1]), Real(0.0), bessel_ratio_derivative(t[1])};
  }

  /// Not where a sample may be so narrow that it has to be looked at again.
  bool fills_in_tiles(Theta<double, 2> const& t) const { return t[1] <= 1000; }
  FISHERLAB_API void fill(Theta<double, 2> const& t, LaneStream& stream, Sample& sample) const;
  /// From n, sum cos x and sum sin x.
  FISHERLAB_API Lanes sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                           Symmetric<Lanes, 2>& hessian) const;
  /// The resultant.
  struct Totals {
    Lanes cosines = 0.0, sines = 0.0;
    double count = 0;
    FISHERLAB_API void add(Sample const& tile);
  };
  Totals totals() const { return {}; }
  /// Nothing where the angles nearly agree.
  FISHERLAB_API std::optional<LaneSet> fit(Totals const& totals, Theta<Lanes, 2>& theta) const;
  FISHERLAB_API LaneSet fit(Sample const& sample, Theta<Lanes, 2>& theta) const;
};
static_assert(RegularModel<VonMises>);

}  // namespace fisherlab::sim

#pragma once

#include <cmath>

#include "sim/math/error_function.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::sim {

/// Mixture of two normal laws, theta = (weight, mean_1, sd_1, mean_2, sd_2), 0 < weight < 1, sds > 0, mean_1 <= mean_2.
/// With z_j = (x - mean_j)/sd_j, a_1 = log weight - log sd_1 - z_1^2/2 and a_2 = log(1 - weight) - log sd_2 - z_2^2/2:
///   log p(x; theta) = log(exp a_1 + exp a_2) - log(2 pi)/2,   x real.
/// Derivation: let r_j = exp a_j/(exp a_1 + exp a_2), g_j and H_j the derivatives of a_j, and d = g_1 - g_2. Then
/// score = r_1 g_1 + r_2 g_2 and hessian = r_1 H_1 + r_2 H_2 + r_1 r_2 d d', whose (weight, weight) entry is minus the
/// square of the score.
/// Information of one observation: were the component seen, it would be
/// C = diag(1/(weight (1 - weight)), weight/sd_1^2, 2 weight/sd_1^2, (1 - weight)/sd_2^2, 2 (1 - weight)/sd_2^2), so
/// that
///   information = C - E[r_1 r_2 d d'].
/// The integrand p r_1 r_2 d d' is as narrow as the narrower component: the trapezoid rule in its z, step 1/8 from -9
/// to 9, is accurate to 1e-9 of C (its error falls as exp(-2 pi s/h), s the distance of the nearest pole, p = 0, to
/// the axis).
struct NormalMixture {
  static constexpr std::size_t parameter_count = 5;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;
  static constexpr int start_count = 3;

  FISHERLAB_API static ModelCard card();

  bool in_space(Theta<double, 5> const& t) const {
    bool const bounded = std::isfinite(t[1]) && std::isfinite(t[2]) && std::isfinite(t[3]) && std::isfinite(t[4]);
    bool const apart = t[1] < t[3] || (t[1] == t[3] && t[2] != t[4]);
    return bounded && apart && t[0] > 0 && t[0] < 1 && t[2] > 0 && t[4] > 0;
  }
  bool in_support(double const* x) const { return std::isfinite(*x); }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 5> const& t) const {
    Real const z1 = (x - t[1]) / t[2];
    Real const z2 = (x - t[3]) / t[4];
    Real const a1 = log(t[0] / t[2]) - 0.5 * (z1 * z1);
    Real const a2 = log((1.0 - t[0]) / t[4]) - 0.5 * (z2 * z2);
    auto const second = a1 < a2;
    Real const high = select(second, a2, a1);
    Real const low = select(second, a1, a2);
    return high + log1p(exp(low - high)) - 0.5 * log_two_pi;
  }
  template <class Real>
  Theta<Real, 5> score(Real const& x, Theta<Real, 5> const& t) const {
    Shares<Real> const s(x, t);
    return {s.r1 / t[0] - s.r2 / (1.0 - t[0]), s.r1 * s.z1 / t[2], s.r1 * (s.z1 * s.z1 - 1.0) / t[2],
            s.r2 * s.z2 / t[4], s.r2 * (s.z2 * s.z2 - 1.0) / t[4]};
  }
  template <class Real>
  Symmetric<Real, 5> hessian(Real const& x, Theta<Real, 5> const& t) const {
    Shares<Real> const s(x, t);
    Theta<Real, 5> const d = s.difference(t);
    Symmetric<Real, 5> h;
    Real const both = s.r1 * s.r2;
    for (std::size_t a = 0; a < 5; ++a)
      for (std::size_t b = 0; b <= a; ++b) h[packed_index(a, b)] = both * d[a] * d[b];
    Real const w = s.r1 / t[0] - s.r2 / (1.0 - t[0]);
    h[0] = -(w * w);
    Real const c1 = s.r1 / (t[2] * t[2]);
    h[packed_index(1, 1)] = h[packed_index(1, 1)] - c1;
    h[packed_index(2, 1)] = h[packed_index(2, 1)] - 2.0 * s.z1 * c1;
    h[packed_index(2, 2)] = h[packed_index(2, 2)] + (1.0 - 3.0 * s.z1 * s.z1) * c1;
    Real const c2 = s.r2 / (t[4] * t[4]);
    h[packed_index(3, 3)] = h[packed_index(3, 3)] - c2;
    h[packed_index(4, 3)] = h[packed_index(4, 3)] - 2.0 * s.z2 * c2;
    h[packed_index(4, 4)] = h[packed_index(4, 4)] + (1.0 - 3.0 * s.z2 * s.z2) * c2;
    return h;
  }
  template <class Real>
  Symmetric<Real, 5> information(Theta<Real, 5> const& t) const {
    constexpr double step = 0.125;
    auto const first_is_narrow = t[2] < t[4];
    Real const centre = select(first_is_narrow, t[1], t[3]);
    Real const unit = select(first_is_narrow, t[2], t[4]);
    Symmetric<Real, 5> sum;
    for (Real& entry : sum) entry = 0.0;
    for (int k = -72; k <= 72; ++k) {
      Shares<Real> const s(centre + (step * k) * unit, t);
      Theta<Real, 5> const d = s.difference(t);
      Real const mass = overlap(s, t);
      for (std::size_t a = 0; a < 5; ++a)
        for (std::size_t b = 0; b <= a; ++b) sum[packed_index(a, b)] = sum[packed_index(a, b)] + mass * d[a] * d[b];
    }
    constexpr double inverse_root_two_pi = 0.39894228040143267794;
    for (Real& entry : sum) entry = -(step * inverse_root_two_pi) * unit * entry;
    Real const c1 = t[0] / (t[2] * t[2]), c2 = (1.0 - t[0]) / (t[4] * t[4]);
    Theta<Real, 5> const complete = {1.0 / (t[0] * (1.0 - t[0])), c1, 2.0 * c1, c2, 2.0 * c2};
    for (std::size_t a = 0; a < 5; ++a) sum[packed_index(a, a)] = sum[packed_index(a, a)] + complete[a];
    return sum;
  }

  template <class Real>
  Real draw(Theta<double, 5> const& t, Stream<Real>& stream) const {
    auto const first = stream.open_uniform() < Real(t[0]);
    return select(first, Real(t[1]), Real(t[3])) + select(first, Real(t[2]), Real(t[4])) * stream.normal();
  }
  template <class Real>
  Real mean(Theta<Real, 5> const& t) const {
    return t[0] * t[1] + (1.0 - t[0]) * t[3];
  }
  template <class Real>
  Real variance(Theta<Real, 5> const& t) const {
    Real const gap = t[3] - t[1];
    return t[0] * t[2] * t[2] + (1.0 - t[0]) * t[4] * t[4] + t[0] * (1.0 - t[0]) * gap * gap;
  }
  template <class Real>
  Real tail(double c, Theta<Real, 5> const& t) const {
    return t[0] * normal_cdf((t[1] - c) / t[2]) + (1.0 - t[0]) * normal_cdf((t[3] - c) / t[4]);
  }

  /// One exponential an observation.
  FISHERLAB_API Lanes sums(Sample const& sample, Theta<Lanes, 5> const& t, Theta<Lanes, 5>& score,
                           Symmetric<Lanes, 5>& hessian) const;
  /// Where 25 steps of the EM algorithm end from split number `which`: 0 at the median, 1 and 2 a tail apart from the
  /// rest; mean_1 <= mean_2. NaN in lanes where a component narrowed to a thousandth of the sample's standard
  /// deviation, so that no search starts there.
  FISHERLAB_API Theta<Lanes, 5> start(Sample const& sample, int which) const;
  /// Names the components by mean_1 <= mean_2. A component narrower than a thousandth of the sample's standard
  /// deviation climbs the unbounded likelihood at an observation, and is no estimate.
  FISHERLAB_API LaneSet settle(Sample const& sample, Theta<Lanes, 5>& theta) const;

 private:
  /// The shares r_j of the components at x.
  template <class Real>
  struct Shares {
    Real z1, z2, r1, r2;

    Shares(Real const& x, Theta<Real, 5> const& t) {
      z1 = (x - t[1]) / t[2];
      z2 = (x - t[3]) / t[4];
      Real const gap = log((t[0] / (1.0 - t[0])) * (t[4] / t[2])) - 0.5 * (z1 * z1 - z2 * z2);  // a_1 - a_2
      auto const second = gap < Real(0.0);
      Real const ratio = exp(-abs(gap));
      Real const large = 1.0 / (1.0 + ratio);
      Real const small = ratio * large;
      r1 = select(second, small, large);
      r2 = select(second, large, small);
    }
    /// g_1 - g_2.
    Theta<Real, 5> difference(Theta<Real, 5> const& t) const {
      return {1.0 / (t[0] * (1.0 - t[0])), z1 / t[2], (z1 * z1 - 1.0) / t[2], -z2 / t[4], (1.0 - z2 * z2) / t[4]};
    }
  };
  /// p r_1 r_2 sqrt(2 pi) = exp(a_1) r_2 = exp(a_2) r_1; of the two the one without cancellation.
  template <class Real>
  static Real overlap(Shares<Real> const& s, Theta<Real, 5> const& t) {
    auto const second = s.r1 < s.r2;
    Real const z = select(second, s.z1, s.z2);
    return select(second, t[0] / t[2] * s.r2, (1.0 - t[0]) / t[4] * s.r1) * exp(-0.5 * (z * z));
  }
};
static_assert(RegularModel<NormalMixture>);

}  // namespace fisherlab::sim

#pragma once

#include <array>
#include <cmath>

#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"
#include "sim/models/parts/design.hpp"
#include "sim/variates/stages.hpp"

namespace fisherlab::sim {

/// Logistic regression on a random, known design: x ~ N(0, 1), y = 1 with probability p(eta) = 1/(1 + exp(-eta)), else
/// 0, with eta = intercept + slope x; theta = (intercept, slope):
///   log p(x, y; theta) = y eta - log(1 + exp eta) - x^2/2 - log(2 pi)/2,   x real, y = 0, 1.
/// Information of one observation: E w (1, x; x, x^2), w = p (1 - p) at eta, by a fixed rule (`information`).
/// Derivation: score = (y - p)(1, x), hessian = -w (1, x; x, x^2).
/// Moments: if the x of a sample lie within r, which has probability of order r^(n - 1), the slope is of order 1/r, so
/// its k-th moment exists for n > k + 1; it is meant given that the estimate exists.
struct LogisticRegression {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 2;
  static constexpr Regularity regularity = Regularity::regular;
  template <class Real>
  using Pair = std::array<Real, 2>;

  FISHERLAB_API static ModelCard card();

  bool in_space(Theta<double, 2> const& t) const { return std::isfinite(t[0]) && std::isfinite(t[1]); }
  bool in_support(double const* x) const { return std::isfinite(x[0]) && (x[1] == 0 || x[1] == 1); }

  template <class Real>
  Real log_density(Pair<Real> const& x, Theta<Real, 2> const& t) const {
    Real const eta = t[0] + t[1] * x[0];
    Real const unlikely = select(x[1] > Real(0.5), -eta, eta);  // log p = -log(1 + exp unlikely)
    return -0.5 * (unlikely + abs(unlikely)) - log1p(exp(-abs(eta))) + log_design(x[0]);
  }
  template <class Real>
  Theta<Real, 2> score(Pair<Real> const& x, Theta<Real, 2> const& t) const {
    Real const eta = t[0] + t[1] * x[0];
    Real const e = exp(-abs(eta));
    Real const residual = residual_of(x[1], eta, e, 1.0 / (1.0 + e));
    return {residual, x[0] * residual};
  }
  template <class Real>
  Symmetric<Real, 2> hessian(Pair<Real> const& x, Theta<Real, 2> const& t) const {
    Real const e = exp(-abs(t[0] + t[1] * x[0]));
    Real const w = weight_of(e, 1.0 / (1.0 + e));
    return {-w, -x[0] * w, -x[0] * x[0] * w};
  }
  /// Trapezoid rule about the maximum m of g(x) = w(eta) exp(-x^2/2), with step h = 0.6/sqrt(1 + slope^2).
  ///
  /// log g has slope -x - slope tanh(eta/2) and is concave, so bisection of [-|slope|, |slope|] finds m, as near as h.
  /// At distance y from m, g has fallen at least by exp(-r y - y^2/2), r = |slope| - |m| the lesser of its exponential
  /// rates; the nodes end where that is exp(-32). Where |m| > 40 all of g is below the smallest double. g is analytic
  /// for |Im x| < pi/|slope|; moving the path of integration by s bounds the rule's error by about exp(s^2/2 - 2 pi
  /// s/h). Error: 1e-11 relative to the diagonal, measured at nearly 300 points with |slope| up to 300. About 37 nodes
  /// at slope 1. Source of the bound: Trefethen and Weideman (2014), SIAM Review 56, 385-458.
  template <class Real>
  Symmetric<Real, 2> information(Theta<Real, 2> const& t) const {
    constexpr double one_over_root_two_pi = 0.39894228040143267794;
    Real const size = abs(t[1]);
    Real const h = 0.6 / sqrt(1.0 + size * size);
    Real low = -size, high = size;
    for (int step = 0; step < 100; ++step) {
      auto const open = high - low > h;
      if (!any(open)) break;
      Real const middle = 0.5 * (low + high);
      auto const rises = t[1] * tanh(0.5 * (t[0] + t[1] * middle)) < -middle;
      low = select(open & rises, middle, low);
      high = select(open & !rises, middle, high);
    }
    Real const m = 0.5 * (low + high);
    Real const rate = max(size - abs(m), Real(0.0));
    Real const reach = select(abs(m) < Real(40.0), sqrt(rate * rate + 64.0) - rate, Real(0.0));
    Symmetric<Real, 2> sums = {0.0, 0.0, 0.0};
    add_node(t, m, m == m, sums);
    for (int k = 1;; ++k) {
      Real const y = h * static_cast<double>(k);
      auto const inside = y <= reach + h;
      if (!any(inside)) break;
      add_node(t, m - y, inside, sums);
      add_node(t, m + y, inside, sums);
    }
    for (Real& sum : sums) sum = one_over_root_two_pi * h * sum;
    return sums;
  }

  template <class Real>
  Pair<Real> draw(Theta<double, 2> const& t, Stream<Real>& stream) const {
    Real const x = stream.normal();
    return {x, response(t[0] + t[1] * x, stream.open_uniform())};
  }
  void fill(Theta<double, 2> const& t, LaneStream& stream, Sample& sample) const {
    in_stages(
        sample.n(),
        [&](std::int64_t i) {
          sample(i, 0) = stream.normal();
          sample(i, 1) = stream.open_uniform();
        },
        [&](std::int64_t i) { sample(i, 1) = response(t[0] + t[1] * sample(i, 0), sample(i, 1)); });
  }

  FISHERLAB_API Lanes sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
                           Symmetric<Lanes, 2>& hessian) const;
  /// The likelihood has a maximum if and only if the x of the failures and those of the successes overlap: each group
  /// reaches strictly beyond an end of the other. Then third-order steps from a start by least squares or, where these
  /// do not settle, Newton's method from theta = 0.
  /// Source of the condition: Albert and Anderson (1984), Biometrika 71, 1-10.
  FISHERLAB_API LaneSet fit(Sample const& sample, Theta<Lanes, 2>& theta) const;

  /// y - p and p (1 - p) from e = exp(-|eta|) and inverse = 1/(1 + e), without cancellation.
  template <class Real>
  static FISHERLAB_INLINE Real residual_of(Real const& y, Real const& eta, Real const& e, Real const& inverse) {
    auto const negative = eta < Real(0.0);
    return select(y > Real(0.5), select(negative, Real(1.0), e), -select(negative, e, Real(1.0))) * inverse;
  }
  template <class Real>
  static FISHERLAB_INLINE Real weight_of(Real const& e, Real const& inverse) {
    return e * inverse * inverse;
  }

 private:
  /// 1 where u < 1/(1 + exp(-eta)), else 0.
  template <class Real>
  static FISHERLAB_INLINE Real response(Real const& eta, Real const& u) {
    return select(u * (1.0 + exp(-eta)) < Real(1.0), Real(1.0), Real(0.0));
  }
  /// Adds g(x) (1, x, x^2) in the lanes of `inside`.
  template <class Real>
  static FISHERLAB_INLINE void add_node(Theta<Real, 2> const& t, Real const& x, MaskOf<Real> const& inside,
                                        Symmetric<Real, 2>& sums) {
    Real const eta = abs(t[0] + t[1] * x);
    Real const root = 1.0 + exp(-eta);
    Real const g = select(inside, exp(-0.5 * x * x - eta) / (root * root), Real(0.0));
    sums[0] += g;
    sums[1] += x * g;
    sums[2] += x * (x * g);
  }
};
static_assert(RegularModel<LogisticRegression>);

}  // namespace fisherlab::sim

#pragma once

#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "base/expects.hpp"
#include "sim/math/log_gamma.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/models/interface/quantity.hpp"
#include "sim/models/parts/constants.hpp"
#include "sim/models/parts/draw_limits.hpp"
#include "sim/models/parts/location_start.hpp"

namespace fisherlab::sim {

/// Student's t location-scale family with df known, theta = (location, scale), scale > 0, z = (x - location)/scale:
///   log p(x; theta) = c - log scale - (df + 1)/2 log(1 + z^2/df),   x real,
/// c = log Gamma((df + 1)/2) - log Gamma(df/2) - log(df pi)/2.
/// Information of one observation: diag(df + 1, 2 df)/((df + 3) scale^2).
/// Derivation: with w = (df + 1)/(df + z^2) and v = w (df - z^2)/(df + z^2), score = (w z, w z^2 - 1)/scale and
/// hessian = -[v, z (w + v); ., z^2 (2 w + v) - 1]/scale^2. Further y = z^2/(df + z^2) is Beta(1/2, df/2),
/// (w z)^2 = (df + 1)^2/df y (1 - y) and w z^2 - 1 = (df + 1) y - 1, whose mean squares are the entries.
/// Moments: sum (w z^2 - 1) = 0 lets the estimate go far out only with n/(df + 1) of the sample, which has probability
/// of the order of t^(-df n/(df + 1)) beyond t, so its k-th moment exists for k < df n/(df + 1): for n > 2k at every df
/// >= 1.
struct StudentT {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;
  static constexpr int start_count = location_start_count;
  double df;
  double log_constant;

  explicit StudentT(double degrees = 5.0)
      : df(degrees), log_constant(lgamma(0.5 * (degrees + 1.0)) - lgamma(0.5 * degrees) - 0.5 * log(degrees * pi)) {}

  static ModelCard card() {
    return {
        .name = "student_t",
        .title = "Student t (location and scale), degrees of freedom known",
        .parameters = {"location", "scale"},
        .domains = {Domain::real, Domain::positive},
        .constants = {"df"},
        .formula = "log p = c(df) - log scale - (df + 1)/2 log(1 + z^2/df) with z = (x - location)/scale",
        .support = "x real",
        .information = "diag(df + 1, 2 df)/((df + 3) scale^2)",
        .estimate =
            "safeguarded Newton in (location, log scale) from three starts, the highest maximum taken: median, lower "
            "and upper quartile, with half the interquartile range",
        .hypotheses =
            "meets all, for df of 1 and more; the k-th moment of the estimate exists for n > k (df + 1)/df; the mean "
            "of "
            "an observation exists for df > 1, its variance for df > 2",
        .moments = {.grows = false},
        .source =
            "Lange, Little and Taylor (1989), J. Amer. Statist. Assoc. 84, 881-896; derived in "
            "sim/models/student_t.hpp",
        .draw_problem = &draws::of_location_scale};
  }
  static StudentT with_constants(std::span<double const> c) {
    expects(c[0] >= 1 && c[0] <= 1e6,
            "student_t needs df from 1 to 1000000 (below 1 the likelihood may have several maxima of location and "
            "scale), set df");
    return StudentT(c[0]);
  }
  std::vector<double> constants() const { return {df}; }

  bool in_space(Theta<double, 2> const& t) const { return std::isfinite(t[0]) && std::isfinite(t[1]) && t[1] > 0; }
  bool in_support(double const* x) const { return std::isfinite(*x); }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 2> const& t) const {
    Real const z = (x - t[0]) / t[1];
    return log_constant - log(t[1]) - (0.5 * (df + 1.0)) * log1p(z * z / df);
  }
  template <class Real>
  Theta<Real, 2> score(Real const& x, Theta<Real, 2> const& t) const {
    Real const z = (x - t[0]) / t[1];
    Real const wz = (df + 1.0) * z / (df + z * z);
    return {wz / t[1], (wz * z - 1.0) / t[1]};
  }
  template <class Real>
  Symmetric<Real, 2> hessian(Real const& x, Theta<Real, 2> const& t) const {
    Real const z = (x - t[0]) / t[1];
    Real const below = 1.0 / (df + z * z);
    Real const w = (df + 1.0) * below;
    Real const v = w * ((df - z * z) * below);
    Real const scale = 1.0 / (t[1] * t[1]);
    return {-v * scale, -z * (w + v) * scale, (1.0 - z * z * (2.0 * w + v)) * scale};
  }
  template <class Real>
  Symmetric<Real, 2> information(Theta<Real, 2> const& t) const {
    Real const w = 1.0 / (t[1] * t[1]);
    return {w * ((df + 1.0) / (df + 3.0)), Real(0.0), w * (2.0 * df / (df + 3.0))};
  }

  /// NaN for df <= 1, where there is none.
  template <class Real>
  Real mean(Theta<Real, 2> const& t) const {
    return t[0] + (df > 1.0 ? 0.0 : std::numeric_limits<double>::quiet_NaN());
  }
  /// NaN for df <= 2, where there is none.
  template <class Real>
  Real variance(Theta<Real, 2> const& t) const {
    return t[1] * t[1] * (df > 2.0 ? df / (df - 2.0) : std::numeric_limits<double>::quiet_NaN());
  }
  template <class Real>
  Real median(Theta<Real, 2> const& t) const {
    return t[0];
  }
  template <class Real>
  Real quantile(double prob, Theta<Real, 2> const& t) const {
    return t[0] + t[1] * standard_quantile(prob);
  }
  static constexpr bool symmetric = true;

  FISHERLAB_API double standard_quantile(double prob) const;
  bool fills_in_tiles(Theta<double, 2> const&) const { return true; }
  /// A normal number over the root of a chi-square number by its degrees.
  FISHERLAB_API void fill(Theta<double, 2> const& t, LaneStream& stream, Sample& sample) const;
  Theta<Lanes, 2> start(Sample const& sample, int which) const { return location_start(sample, which); }
  double moment_order(Theta<double, 2> const&) const { return df; }
  /// The weights (df + 1)/(df + z^2) of the location equation keep n/(df + 1) observations from taking it along: at a
  /// solution the mean of (df + 1) z^2/(df + z^2) is 1, and each term is below df + 1.
  double breakdown() const { return 1 / (df + 1); }
  /// Whether the law has it at any theta.
  bool has(Quantity::Kind kind) const {
    return (kind != Quantity::Kind::mean || df > 1.0) && (kind != Quantity::Kind::variance || df > 2.0);
  }
};
static_assert(RegularModel<StudentT>);

}  // namespace fisherlab::sim

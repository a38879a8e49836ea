#pragma once

#include <cmath>
#include <optional>
#include <vector>

#include "sim/math/error_function.hpp"
#include "sim/math/log_gamma.hpp"
#include "sim/models/interface/law_of_estimate.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"
#include "sim/models/parts/draw_limits.hpp"
#include "sim/order_statistics.hpp"
#include "sim/totals.hpp"
#include "sim/variates/normal.hpp"

namespace fisherlab::sim {

/// Normal law, theta = (mean, sd), sd > 0, z = (x - mean)/sd:
///   log p(x; theta) = -z^2/2 - log sd - log(2 pi)/2,   x real.
/// Information of one observation: diag(1, 2)/sd^2.
/// Derivation: score = (z, z^2 - 1)/sd, hessian = [-1, -2z; -2z, 1 - 3z^2]/sd^2, and E z^2 = 1, E z = 0.
struct Normal {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;

  /// What studies may ask about in place of theta.
  FISHERLAB_API static std::vector<ParameterMap> maps();
  static ModelCard card() {
    return {.name = "normal",
            .title = "Normal (mean and standard deviation)",
            .parameters = {"mean", "sd"},
            .domains = {Domain::real, Domain::positive},
            .constants = {},
            .formula = "log p = -z^2/2 - log sd - log(2 pi)/2 with z = (x - mean)/sd",
            .support = "x real",
            .information = "diag(1, 2)/sd^2",
            .estimate = "sample mean and root of the mean squared deviation (divisor n), in closed form",
            .hypotheses = "meets all; every moment of the estimate exists for n of 2 and more",
            .maps = maps(),
            .source = "derived in sim/models/normal.hpp",
            .draw_problem = &draws::of_location_scale};
  }

  bool in_space(Theta<double, 2> const& t) const { return std::isfinite(t[0]) && std::isfinite(t[1]) && t[1] > 0; }
  bool in_support(double const* x) const { return std::isfinite(*x); }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 2> const& t) const {
    Real const z = (x - t[0]) / t[1];
    return -0.5 * z * z - log(t[1]) - 0.5 * log_two_pi;
  }
  template <class Real>
  Theta<Real, 2> score(Real const& x, Theta<Real, 2> const& t) const {
    Real const z = (x - t[0]) / t[1];
    return {z / t[1], (z * z - 1.0) / t[1]};
  }
  template <class Real>
  Symmetric<Real, 2> hessian(Real const& x, Theta<Real, 2> const& t) const {
    Real const z = (x - t[0]) / t[1];
    Real const w = 1.0 / (t[1] * t[1]);
    return {-w, -2.0 * z * w, (1.0 - 3.0 * z * z) * w};
  }
  template <class Real>
  Symmetric<Real, 2> information(Theta<Real, 2> const& t) const {
    Real const w = 1.0 / (t[1] * t[1]);
    return {w, Real(0.0), 2.0 * w};
  }

  template <class Real>
  Real mean(Theta<Real, 2> const& t) const {
    return t[0];
  }
  template <class Real>
  Real median(Theta<Real, 2> const& t) const {
    return t[0];
  }
  template <class Real>
  Real variance(Theta<Real, 2> const& t) const {
    return t[1] * t[1];
  }
  template <class Real>
  Real quantile(double prob, Theta<Real, 2> const& t) const {
    return t[0] + normal_quantile(prob) * t[1];
  }
  template <class Real>
  Real tail(double c, Theta<Real, 2> const& t) const {
    return normal_cdf((t[0] - c) / t[1]);
  }
  static constexpr bool symmetric = true;
  Theta<Lanes, 2> from_moments(Lanes const& mean, Lanes const& variance) const { return {mean, sqrt(variance)}; }
  /// The mean, and s/c with s^2 = sum (x - mean)^2/(n - 1) and c the mean of a chi variable with n - 1 degrees
  /// of freedom over sqrt(n - 1); best by the completeness of mean and s^2.
  LaneSet best_unbiased(Sample const& sample, Theta<Lanes, 2>& theta) const {
    auto const n = static_cast<double>(sample.n());
    if (n < 2) return 0;
    double const c = chi_mean(n) / sqrt(n - 1.0);
    Lanes const mean = sample_mean(sample);
    Lanes const sd = sqrt(sum_of_squares(sample, mean) / (n - 1.0));
    theta = {mean, sd / c};
    return lanes_with_spread(sample, mean, sd);
  }
  /// mean + z s/c, unbiased because the quantile is linear in (mean, sd).
  LaneSet best_unbiased_quantile(double prob, Sample const& sample, Lanes& value) const {
    Theta<Lanes, 2> theta;
    LaneSet const found = best_unbiased(sample, theta);
    if (found != 0) value = theta[0] + normal_quantile(prob) * theta[1];
    return found;
  }

  /// (mean, sd E chi_{n - 1}/sqrt(n)), because sqrt(n) sd_hat/sd is a chi variable with n - 1 degrees of freedom.
  template <class Real>
  Theta<Real, 2> mean_of_estimate(Theta<Real, 2> const& t, double n) const {
    return {t[0], t[1] * (chi_mean(n) / sqrt(n))};
  }
  /// E chi_{n - 1}/sqrt(n) = 1 - 3/(4 n) + O(1/n^2).
  Theta<Lanes, 2> first_order_bias(Theta<Lanes, 2> const& t) const { return {Lanes(0.0), -0.75 * t[1]}; }

  template <class Real>
  Real draw(Theta<double, 2> const& t, Stream<Real>& stream) const {
    return t[0] + t[1] * stream.normal();
  }
  bool fills_in_tiles(Theta<double, 2> const&) const { return true; }
  void fill(Theta<double, 2> const& t, LaneStream& stream, Sample& sample) const {
    fill_normal(stream, sample.data(), sample.n(), [m = t[0], sd = t[1]](Lanes const& z) { return m + sd * z; });
  }
  /// From n, sum z and sum z^2 with z = (x - mean)/sd.
  Lanes sums(Sample const& sample, Theta<Lanes, 2> const& t, Theta<Lanes, 2>& score,
             Symmetric<Lanes, 2>& hessian) const {
    Lanes const count = static_cast<double>(sample.n());
    Lanes const inverse = 1.0 / t[1];
    Lanes sum = 0.0;
    Lanes squares = 0.0;
    for (std::int64_t i = 0; i < sample.n(); ++i) {
      Lanes const z = (sample(i) - t[0]) * inverse;
      sum += z;
      squares += z * z;
    }
    Lanes const w = inverse * inverse;
    score = {sum * inverse, (squares - count) * inverse};
    hessian = {-count * w, -2.0 * sum * w, (count - 3.0 * squares) * w};
    return -0.5 * squares - count * (log(t[1]) + 0.5 * log_two_pi);
  }
  SampleSpread totals() const { return {}; }
  std::optional<LaneSet> fit(SampleSpread const& spread, Theta<Lanes, 2>& theta) const {
    theta = {spread.mean(), sqrt(spread.squares() / Lanes(spread.count()))};
    if (is_spread_in_doubt(spread.count(), theta[0], theta[1])) return std::nullopt;
    return to_set(theta[1] > Lanes(0.0));
  }
  LaneSet fit(Sample const& sample, Theta<Lanes, 2>& theta) const {
    auto const found = fit(gathered(totals(), sample), theta);
    return found ? *found : lanes_with_spread(sample, theta[0], theta[1]);
  }
  /// Mean: Student's law. Sd: w^-2 = G/n with G = sum (x - mean)^2/sd^2 ~ chi^2_{n - 1}, information 2/sd^2.
  FISHERLAB_API std::optional<LawOfEstimate> law_of_estimate(Theta<double, 2> const&, std::size_t a,
                                                             std::int64_t n) const;

 private:
  /// Mean of a chi variable with n - 1 degrees of freedom, sqrt(2) Gamma(n/2)/Gamma((n - 1)/2).
  static double chi_mean(double n) { return sqrt(2.0) * exp(lgamma(0.5 * n) - lgamma(0.5 * (n - 1.0))); }
};
static_assert(RegularModel<Normal>);

}  // namespace fisherlab::sim

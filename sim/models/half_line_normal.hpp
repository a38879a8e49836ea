#pragma once

#include <cmath>
#include <span>
#include <vector>

#include "sim/math/error_function.hpp"
#include "sim/models/normal_mean.hpp"
#include "sim/models/parts/draw_limits.hpp"
#include "sim/totals.hpp"

namespace fisherlab::sim {

/// Normal law with unknown mean that cannot be negative and known standard deviation, theta = (mean), mean >= 0,
/// z = (x - mean)/sd:
///   log p(x; theta) = -z^2/2 - log sd - log(2 pi)/2,   x real.
/// Information of one observation: 1/sd^2, as for `normal_mean`.
///
/// Outside the hypotheses because the truth may lie on the boundary of the space: at mean 0 the estimate max(mean x, 0)
/// is 0 with probability one half and half normal otherwise, at every n.
/// Its mean, with r = sd/sqrt(n) and a = mean/r, is mean Phi(a) + r phi(a).
struct HalfLineNormal {
  static constexpr std::size_t parameter_count = 1;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::outside;
  NormalMean line;

  static ModelCard card() {
    return {.name = "half_line_normal",
            .title = "Normal, mean unknown and not negative, standard deviation known",
            .parameters = {"mean"},
            .domains = {Domain::real},
            .constants = {"sd"},
            .formula = "log p = -z^2/2 - log sd - log(2 pi)/2 with z = (x - mean)/sd",
            .support = "x real; mean >= 0",
            .information = "1/sd^2",
            .estimate = "the sample mean, or 0 where that is negative, in closed form",
            .regularity = Regularity::outside,
            .hypotheses =
                "fails: the truth may lie on the boundary of the space, mean 0, where the estimate is half normal at "
                "every n; every moment of the estimate exists",
            .source = "derived in sim/models/half_line_normal.hpp",
            .draw_problem = &draws::of_known_scale};
  }
  static HalfLineNormal with_constants(std::span<double const> c) {
    expects(std::isfinite(c[0]) && c[0] > 0, "half_line_normal needs a standard deviation above 0, set sd");
    return {{c[0]}};
  }
  std::vector<double> constants() const { return {line.sd}; }

  bool in_space(Theta<double, 1> const& t) const { return std::isfinite(t[0]) && t[0] >= 0; }
  bool in_support(double const* x) const { return line.in_support(x); }
  template <class Real>
  Real log_density(Real const& x, Theta<Real, 1> const& t) const {
    return line.log_density(x, t);
  }
  template <class Real>
  Theta<Real, 1> score(Real const& x, Theta<Real, 1> const& t) const {
    return line.score(x, t);
  }
  template <class Real>
  Symmetric<Real, 1> hessian(Real const& x, Theta<Real, 1> const& t) const {
    return line.hessian(x, t);
  }
  template <class Real>
  Symmetric<Real, 1> information(Theta<Real, 1> const& t) const {
    return line.information(t);
  }

  template <class Real>
  Real mean(Theta<Real, 1> const& t) const {
    return t[0];
  }
  template <class Real>
  Real variance(Theta<Real, 1> const&) const {
    return Real(line.sd * line.sd);
  }
  template <class Real>
  Real median(Theta<Real, 1> const& t) const {
    return t[0];
  }
  template <class Real>
  Real quantile(double prob, Theta<Real, 1> const& t) const {
    return t[0] + line.sd * normal_quantile(prob);
  }
  template <class Real>
  Real tail(double c, Theta<Real, 1> const& t) const {
    return normal_cdf((t[0] - c) / line.sd);
  }
  static constexpr bool symmetric = true;
  Theta<Lanes, 1> from_moments(Lanes const& mean, Lanes const&) const { return {max(mean, Lanes(0.0))}; }
  template <class Real>
  Theta<Real, 1> mean_of_estimate(Theta<Real, 1> const& t, double n) const {
    constexpr double one_over_root_two_pi = 0.39894228040143267794;
    double const r = line.sd / sqrt(n);
    Real const a = t[0] / r;
    return {t[0] * normal_cdf(a) + r * one_over_root_two_pi * exp(-0.5 * a * a)};
  }

  template <class Real>
  Real draw(Theta<double, 1> const& t, Stream<Real>& stream) const {
    return line.draw(t, stream);
  }
  SampleTotal totals() const { return {}; }
  LaneSet fit(SampleTotal const& total, Theta<Lanes, 1>& theta) const {
    theta = {max(total.mean(), Lanes(0.0))};
    return all_lanes;
  }
  LaneSet fit(Sample const& sample, Theta<Lanes, 1>& theta) const { return fit(gathered(totals(), sample), theta); }
};
static_assert(SmoothModel<HalfLineNormal> && !RegularModel<HalfLineNormal>);

}  // namespace fisherlab::sim

#pragma once

#include <cmath>
#include <span>
#include <vector>

#include "base/expects.hpp"
#include "sim/math/error_function.hpp"
#include "sim/models/interface/law_of_estimate.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"
#include "sim/models/parts/draw_limits.hpp"
#include "sim/order_statistics.hpp"
#include "sim/totals.hpp"
#include "sim/variates/normal.hpp"

namespace fisherlab::sim {

/// Normal law with unknown mean and known standard deviation, theta = (mean), z = (x - mean)/sd:
///   log p(x; theta) = -z^2/2 - log sd - log(2 pi)/2,   x real.
/// Information of one observation: 1/sd^2 (Example 1 of the notes).
/// Derivation: score = z/sd, hessian = -1/sd^2.
struct NormalMean {
  static constexpr std::size_t parameter_count = 1;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::regular;
  double sd = 1.0;

  static ModelCard card() {
    return {.name = "normal_mean",
            .title = "Normal, mean unknown, standard deviation known",
            .parameters = {"mean"},
            .domains = {Domain::real},
            .constants = {"sd"},
            .formula = "log p = -z^2/2 - log sd - log(2 pi)/2 with z = (x - mean)/sd",
            .support = "x real",
            .information = "1/sd^2",
            .estimate = "the sample mean, in closed form; normal and efficient at every n",
            .hypotheses = "meets all; every moment of the estimate exists",
            .source = "derived in sim/models/normal_mean.hpp",
            .draw_problem = &draws::of_known_scale};
  }
  static NormalMean with_constants(std::span<double const> c) {
    expects(std::isfinite(c[0]) && c[0] > 0, "normal_mean needs a standard deviation above 0, set sd");
    return {c[0]};
  }
  std::vector<double> constants() const { return {sd}; }

  bool in_space(Theta<double, 1> const& t) const { return std::isfinite(t[0]); }
  bool in_support(double const* x) const { return std::isfinite(*x); }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 1> const& t) const {
    Real const z = (x - t[0]) / sd;
    return -0.5 * z * z - (log(sd) + 0.5 * log_two_pi);
  }
  template <class Real>
  Theta<Real, 1> score(Real const& x, Theta<Real, 1> const& t) const {
    return {(x - t[0]) / (sd * sd)};
  }
  template <class Real>
  Symmetric<Real, 1> hessian(Real const&, Theta<Real, 1> const&) const {
    return {Real(-1.0 / (sd * sd))};
  }
  template <class Real>
  Symmetric<Real, 1> information(Theta<Real, 1> const&) const {
    return {Real(1.0 / (sd * sd))};
  }

  template <class Real>
  Real mean(Theta<Real, 1> const& t) const {
    return t[0];
  }
  template <class Real>
  Real median(Theta<Real, 1> const& t) const {
    return t[0];
  }
  template <class Real>
  Real variance(Theta<Real, 1> const&) const {
    return Real(sd * sd);
  }
  template <class Real>
  Real quantile(double prob, Theta<Real, 1> const& t) const {
    return t[0] + normal_quantile(prob) * sd;
  }
  template <class Real>
  Real tail(double c, Theta<Real, 1> const& t) const {
    return normal_cdf((t[0] - c) / sd);
  }
  static constexpr bool symmetric = true;

  LaneSet best_unbiased(Sample const& sample, Theta<Lanes, 1>& theta) const { return fit(sample, theta); }
  LaneSet best_unbiased_quantile(double prob, Sample const& sample, Lanes& value) const {
    value = sample_mean(sample) + normal_quantile(prob) * sd;
    return all_lanes;
  }
  /// P(x_1 > c | mean) = Phi((mean - c)/(sd sqrt(1 - 1/n))), because x_1 - mean is independent of the mean with
  /// variance sd^2 (1 - 1/n).
  LaneSet best_unbiased_tail(double c, Sample const& sample, Lanes& value) const {
    Lanes const excess = sample_mean(sample) - c;
    auto const n = static_cast<double>(sample.n());
    value =
        n > 1 ? normal_cdf(excess / (sd * sqrt(1.0 - 1.0 / n))) : select(excess > Lanes(0.0), Lanes(1.0), Lanes(0.0));
    return all_lanes;
  }

  template <class Real>
  Theta<Real, 1> mean_of_estimate(Theta<Real, 1> const& t, double) const {
    return t;
  }
  Theta<Lanes, 1> first_order_bias(Theta<Lanes, 1> const&) const { return {Lanes(0.0)}; }

  template <class Real>
  Real draw(Theta<double, 1> const& t, Stream<Real>& stream) const {
    return t[0] + sd * stream.normal();
  }
  bool fills_in_tiles(Theta<double, 1> const&) const { return true; }
  void fill(Theta<double, 1> const& t, LaneStream& stream, Sample& sample) const {
    fill_normal(stream, sample.data(), sample.n(), [m = t[0], s = sd](Lanes const& z) { return m + s * z; });
  }
  Lanes sums(Sample const& sample, Theta<Lanes, 1> const& t, Theta<Lanes, 1>& score,
             Symmetric<Lanes, 1>& hessian) const {
    auto const count = static_cast<double>(sample.n());
    Lanes sum = 0.0;
    Lanes squares = 0.0;
    for (std::int64_t i = 0; i < sample.n(); ++i) {
      Lanes const z = (sample(i) - t[0]) / sd;
      sum += z;
      squares += z * z;
    }
    score = {sum / sd};
    hessian = {Lanes(-count / (sd * sd))};
    return -0.5 * squares - count * (log(sd) + 0.5 * log_two_pi);
  }
  SampleTotal totals() const { return {}; }
  LaneSet fit(SampleTotal const& total, Theta<Lanes, 1>& theta) const {
    theta = {total.mean()};
    return all_lanes;
  }
  LaneSet fit(Sample const& sample, Theta<Lanes, 1>& theta) const { return fit(gathered(totals(), sample), theta); }
  LocatedEstimate law_of_estimate(Theta<double, 1> const&, std::size_t, std::int64_t) const { return {}; }
};
static_assert(RegularModel<NormalMean>);

}  // namespace fisherlab::sim

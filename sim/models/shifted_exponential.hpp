#pragma once

#include <cmath>

#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"
#include "sim/models/parts/draw_limits.hpp"

namespace fisherlab::sim {

/// Exponential law from a location on, theta = (location, rate), rate > 0:
///   log p(x; theta) = log rate - rate (x - location),   x >= location.
///
/// Outside the hypotheses: the support depends on the location, so derivative and integral do not exchange. The score
/// (rate, 1/rate - x + location) has mean (rate, 0), and what is given as information, its mean square
/// diag(rate^2, 1/rate^2), is formal, for controls alone.
/// Estimates: n rate (min x - location) is standard exponential and, independently of it, rate sum (x - min x) is
/// Gamma(n - 1, 1); min x and the sum are sufficient and complete.
struct ShiftedExponential {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 1;
  static constexpr Regularity regularity = Regularity::outside;

  static ModelCard card() {
    return {.name = "shifted_exponential",
            .title = "Shifted exponential (location and rate)",
            .parameters = {"location", "rate"},
            .domains = {Domain::real, Domain::positive},
            .constants = {},
            .formula = "log p = log rate - rate (x - location)",
            .support = "x >= location",
            .ranges = {Range::positive},
            .information = "diag(rate^2, 1/rate^2), formal: the mean square of a score whose mean is (rate, 0)",
            .estimate = "the smallest observation, and 1/(mean - smallest), in closed form",
            .regularity = Regularity::outside,
            .hypotheses =
                "fails: the support depends on the location; the k-th moment of the rate estimate exists for n > k + 1",
            .moments = {.slope = 1, .offset = 1, .grows = false},
            .source = "derived in sim/models/shifted_exponential.hpp",
            .draw_problem = &draws::of_location_rate};
  }

  bool in_space(Theta<double, 2> const& t) const { return std::isfinite(t[0]) && std::isfinite(t[1]) && t[1] > 0; }
  bool in_support(double const* x) const { return std::isfinite(*x); }
  double lower_end(Theta<double, 2> const& t, int) const { return t[0]; }

  template <class Real>
  Real log_density(Real const& x, Theta<Real, 2> const& t) const {
    return select(x >= t[0], log(t[1]) - t[1] * (x - t[0]), Real(-HUGE_VAL));
  }
  template <class Real>
  Theta<Real, 2> score(Real const& x, Theta<Real, 2> const& t) const {
    return {t[1], 1.0 / t[1] - (x - t[0])};
  }
  template <class Real>
  Symmetric<Real, 2> hessian(Real const&, Theta<Real, 2> const& t) const {
    return {Real(0.0), Real(1.0), -1.0 / (t[1] * t[1])};
  }
  template <class Real>
  Symmetric<Real, 2> information(Theta<Real, 2> const& t) const {
    return {t[1] * t[1], Real(0.0), 1.0 / (t[1] * t[1])};
  }

  template <class Real>
  Real mean(Theta<Real, 2> const& t) const {
    return t[0] + 1.0 / t[1];
  }
  template <class Real>
  Real variance(Theta<Real, 2> const& t) const {
    return 1.0 / (t[1] * t[1]);
  }
  template <class Real>
  Real median(Theta<Real, 2> const& t) const {
    return t[0] + log_two / t[1];
  }
  template <class Real>
  Real quantile(double prob, Theta<Real, 2> const& t) const {
    return t[0] - log1p(-prob) / t[1];
  }
  template <class Real>
  Real tail(double c, Theta<Real, 2> const& t) const {
    return select(t[0] < Real(c), exp(-t[1] * (c - t[0])), Real(1.0));
  }
  Theta<Lanes, 2> from_moments(Lanes const& mean, Lanes const& variance) const {
    Lanes const sd = sqrt(variance);
    return {mean - sd, 1.0 / sd};
  }
  /// min x - S/(n (n - 1)) and (n - 2)/S with S = sum (x - min x).
  LaneSet best_unbiased(Sample const& sample, Theta<Lanes, 2>& theta) const {
    auto const n = static_cast<double>(sample.n());
    if (n < 3) return 0;
    LaneSet const found = fit(sample, theta);
    Lanes const sum = n / theta[1];
    theta = {theta[0] - sum / (n * (n - 1.0)), (n - 2.0) / sum};
    return found;
  }
  template <class Real>
  Theta<Real, 2> mean_of_estimate(Theta<Real, 2> const& t, double n) const {
    return {t[0] + 1.0 / (n * t[1]), n / (n - 2.0) * t[1]};
  }
  Theta<Lanes, 2> first_order_bias(Theta<Lanes, 2> const& t) const { return {1.0 / t[1], 2.0 * t[1]}; }

  template <class Real>
  Real draw(Theta<double, 2> const& t, Stream<Real>& stream) const {
    return t[0] + stream.exponential(1.0 / t[1]);
  }
  /// The smallest observation and sum (x - smallest) of consecutive tiles; all but the last are a multiple of
  /// `tile_size` long. Each tile's sum is taken above its own smallest one: raised by their number times the distance
  /// of the smallest it is above another.
  class Totals {
   public:
    FISHERLAB_API void add(Sample const& tile);
    double count() const { return count_; }
    Lanes const& least() const { return least_; }
    Lanes const& sum_above() const { return sum_above_; }

   private:
    double count_ = 0;
    Lanes least_ = HUGE_VAL, sum_above_ = 0.0;
  };
  Totals totals() const { return {}; }
  /// Does not exist where all observations are equal.
  LaneSet fit(Totals const& totals, Theta<Lanes, 2>& theta) const {
    theta = {totals.least(), totals.count() / totals.sum_above()};
    return to_set((totals.sum_above() > Lanes(0.0)) & (theta[1] < Lanes(HUGE_VAL)));
  }
  LaneSet fit(Sample const& sample, Theta<Lanes, 2>& theta) const { return fit(gathered(totals(), sample), theta); }
};
static_assert(SmoothModel<ShiftedExponential> && !RegularModel<ShiftedExponential>);

}  // namespace fisherlab::sim

#pragma once

#include <array>
#include <cmath>

#include "sim/math/log_gamma.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"
#include "sim/models/parts/design.hpp"

namespace fisherlab::sim {

/// Linear regression on a random, known design: x ~ N(0, 1), y ~ N(intercept + slope x, sd^2);
/// theta = (intercept, slope, sd), sd > 0, z = (y - intercept - slope x)/sd:
///   log p(x, y; theta) = -z^2/2 - log sd - log(2 pi)/2 - x^2/2 - log(2 pi)/2,   x, y real.
/// Information of one observation: diag(1, 1, 2)/sd^2.
/// Derivation: score = (z, x z, z^2 - 1)/sd; z is standard normal and independent of x, E x = 0, E x^2 = 1.
/// Estimates: given the design, intercept and slope are normal about the truth and n sd_hat^2/sd^2 is chi^2_{n-2}.
/// Moments: the slope's variance given the design is sd^2/S, S = sum (x - mean)^2 ~ chi^2_{n-1}, and E S^{-k/2} exists
/// for n > k + 1. Bias: sqrt(2/n) Gamma((n-1)/2)/Gamma((n-2)/2) = 1 - 5/(4n) + ...
struct LinearRegression {
  static constexpr std::size_t parameter_count = 3;
  static constexpr std::size_t dimension = 2;
  static constexpr Regularity regularity = Regularity::regular;
  template <class Real>
  using Pair = std::array<Real, 2>;

  FISHERLAB_API static ModelCard card();

  bool in_space(Theta<double, 3> const& t) const {
    return std::isfinite(t[0]) && std::isfinite(t[1]) && std::isfinite(t[2]) && t[2] > 0;
  }
  bool in_support(double const* x) const { return std::isfinite(x[0]) && std::isfinite(x[1]); }

  template <class Real>
  Real log_density(Pair<Real> const& x, Theta<Real, 3> const& t) const {
    Real const z = (x[1] - t[0] - t[1] * x[0]) / t[2];
    return -0.5 * z * z - log(t[2]) - 0.5 * log_two_pi + log_design(x[0]);
  }
  template <class Real>
  Theta<Real, 3> score(Pair<Real> const& x, Theta<Real, 3> const& t) const {
    Real const z = (x[1] - t[0] - t[1] * x[0]) / t[2];
    return {z / t[2], x[0] * z / t[2], (z * z - 1.0) / t[2]};
  }
  template <class Real>
  Symmetric<Real, 3> hessian(Pair<Real> const& x, Theta<Real, 3> const& t) const {
    Real const z = (x[1] - t[0] - t[1] * x[0]) / t[2];
    Real const w = 1.0 / (t[2] * t[2]);
    return {-w, -x[0] * w, -x[0] * x[0] * w, -2.0 * z * w, -2.0 * x[0] * z * w, (1.0 - 3.0 * z * z) * w};
  }
  template <class Real>
  Symmetric<Real, 3> information(Theta<Real, 3> const& t) const {
    Real const w = 1.0 / (t[2] * t[2]);
    return {w, Real(0.0), w, Real(0.0), Real(0.0), 2.0 * w};
  }

  /// n of 3 and more.
  template <class Real>
  Theta<Real, 3> mean_of_estimate(Theta<Real, 3> const& t, double n) const {
    return {t[0], t[1], mean_of_sd(n) * t[2]};
  }
  /// Least squares, and the fitted sd over its mean at sd = 1. Best given the design, where X'y and y'y are complete.
  LaneSet best_unbiased(Sample const& sample, Theta<Lanes, 3>& theta) const {
    LaneSet const found = fit(sample, theta);
    if (found != 0) theta[2] = theta[2] / mean_of_sd(static_cast<double>(sample.n()));
    return found;
  }
  Theta<Lanes, 3> first_order_bias(Theta<Lanes, 3> const& t) const { return {0.0, 0.0, -1.25 * t[2]}; }

  template <class Real>
  Pair<Real> draw(Theta<double, 3> const& t, Stream<Real>& stream) const {
    auto const [x, e] = stream.normal_pair();
    return {x, t[0] + t[1] * x + t[2] * e};
  }
  /// From the residuals, in units of sd.
  FISHERLAB_API Lanes sums(Sample const& sample, Theta<Lanes, 3> const& t, Theta<Lanes, 3>& score,
                           Symmetric<Lanes, 3>& hessian) const;
  /// The line of least squares through consecutive tiles; all but the last are a multiple of `tile_size` long.
  ///
  /// Each tile has its own line: n, means x and y, S = sum (x - mean)^2, slope b, squared residuals R. A line of slope
  /// c through all the observations of several, with its best intercept, leaves of two of them
  ///   R_1 + R_2 + S_1 (c - b_1)^2 + S_2 (c - b_2)^2 + h (dy - c dx)^2,   h = n_1 n_2/(n_1 + n_2),
  /// dx and dy the distances of their means: squares alone, so no digits are lost. It is least at
  ///   c = b_1 + (S_2 (b_2 - b_1) + h dx (dy - b_1 dx))/(S_1 + S_2 + h dx^2).
  class Totals {
   public:
    FISHERLAB_API void add(Sample const& tile);

   private:
    friend struct LinearRegression;
    struct Line {
      double count = 0;
      Lanes mean_x = 0.0, mean_y = 0.0;
      Lanes spread_x = 0.0, spread_y = 0.0;  ///< sums of squares about the means
      Lanes slope = 0.0, residual = 0.0;     ///< and of what the line leaves
    };
    static Line through(Sample const& sample, std::int64_t begin, std::int64_t end);
    static Line through_both(Line const& first, Line const& second);
    Line line_;
  };
  Totals totals() const { return {}; }
  /// Least squares, and the root of the mean squared residual. Does not exist for fewer than 3 observations, equal x,
  /// or observations on a line.
  FISHERLAB_API LaneSet fit(Totals const& totals, Theta<Lanes, 3>& theta) const;
  LaneSet fit(Sample const& sample, Theta<Lanes, 3>& theta) const { return fit(gathered(totals(), sample), theta); }

 private:
  /// E of the fitted sd at sd = 1: sqrt(2/n) Gamma((n - 1)/2)/Gamma((n - 2)/2).
  static double mean_of_sd(double n) { return sqrt(2.0 / n) * exp(lgamma(0.5 * (n - 1.0)) - lgamma(0.5 * (n - 2.0))); }
};
static_assert(RegularModel<LinearRegression>);

}  // namespace fisherlab::sim

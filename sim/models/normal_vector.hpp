#pragma once

#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "base/expects.hpp"
#include "sim/math/elementary.hpp"
#include "sim/models/interface/model.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::sim {

/// Five independent normal coordinates with a mean each and one known standard deviation, theta = (mean_1 ... mean_5):
///   log p(x; theta) = -sum_k (x_k - mean_k)^2/(2 sd^2) - 5 log sd - 5 log(2 pi)/2,   x in R^5.
/// Information of one observation: the unit matrix over sd^2. Derivation: score = (x - theta)/sd^2.
/// The stage of James and Stein: the estimate, the vector of sample means, is unbiased and attains the bound, and yet a
/// biased estimator has a smaller mean square error at every theta.
struct NormalVector {
  static constexpr std::size_t parameter_count = 5;
  static constexpr std::size_t dimension = 5;
  static constexpr Regularity regularity = Regularity::regular;
  double sd = 1.0;

  FISHERLAB_API static ModelCard card();
  static NormalVector with_constants(std::span<double const> c) {
    expects(std::isfinite(c[0]) && c[0] > 0, "normal_vector needs a standard deviation above 0, set sd");
    return {c[0]};
  }
  std::vector<double> constants() const { return {sd}; }

  bool in_space(Theta<double, 5> const& t) const { return finite(t.data()); }
  bool in_support(double const* x) const { return finite(x); }

  template <class Real>
  Real log_density(std::array<Real, 5> const& x, Theta<Real, 5> const& t) const {
    Real squares = 0.0;
    for (std::size_t k = 0; k < dimension; ++k) {
      Real const z = (x[k] - t[k]) / sd;
      squares = squares + z * z;
    }
    return -0.5 * squares - at_centre();
  }
  template <class Real>
  Theta<Real, 5> score(std::array<Real, 5> const& x, Theta<Real, 5> const& t) const {
    Theta<Real, 5> s;
    for (std::size_t k = 0; k < dimension; ++k) s[k] = (x[k] - t[k]) / (sd * sd);
    return s;
  }
  template <class Real>
  Symmetric<Real, 5> hessian(std::array<Real, 5> const&, Theta<Real, 5> const&) const {
    return multiple_of_unit<Real>(-1.0 / (sd * sd));
  }
  template <class Real>
  Symmetric<Real, 5> information(Theta<Real, 5> const&) const {
    return multiple_of_unit<Real>(1.0 / (sd * sd));
  }

  template <class Real>
  std::array<Real, 5> draw(Theta<double, 5> const& t, Stream<Real>& stream) const {
    std::array<Real, 5> x;
    for (std::size_t k = 0; k < dimension; ++k) x[k] = t[k] + sd * stream.normal();
    return x;
  }

  FISHERLAB_API Lanes sums(Sample const& sample, Theta<Lanes, 5> const& t, Theta<Lanes, 5>& score,
                           Symmetric<Lanes, 5>& hessian) const;
  /// The sum of each coordinate.
  struct Totals {
    std::array<Lanes, 5> sums = {0.0, 0.0, 0.0, 0.0, 0.0};
    double count = 0;
    FISHERLAB_API void add(Sample const& tile);
  };
  Totals totals() const { return {}; }
  FISHERLAB_API LaneSet fit(Totals const& totals, Theta<Lanes, 5>& theta) const;
  LaneSet fit(Sample const& sample, Theta<Lanes, 5>& theta) const { return fit(gathered(totals(), sample), theta); }
  template <class Real>
  Theta<Real, 5> mean_of_estimate(Theta<Real, 5> const& t, double) const {
    return t;
  }
  /// The sample means, by their completeness.
  LaneSet best_unbiased(Sample const& sample, Theta<Lanes, 5>& theta) const { return fit(sample, theta); }

 private:
  static bool finite(double const* v) {
    bool all = true;
    for (std::size_t k = 0; k < dimension; ++k) all = all && std::isfinite(v[k]);
    return all;
  }
  double at_centre() const { return static_cast<double>(dimension) * (log(sd) + 0.5 * log_two_pi); }
  template <class Real>
  static Symmetric<Real, 5> multiple_of_unit(double factor) {
    Symmetric<Real, 5> matrix;
    for (std::size_t a = 0; a < dimension; ++a)
      for (std::size_t b = 0; b <= a; ++b) matrix[packed_index(a, b)] = Real(a == b ? factor : 0.0);
    return matrix;
  }
};
static_assert(RegularModel<NormalVector>);

}  // namespace fisherlab::sim

#pragma once

#include <array>
#include <cmath>

#include "sim/models/interface/model.hpp"

namespace fisherlab::sim {

/// One of four categories, theta = (p_1, p_2, p_3), all positive with p_4 = 1 - p_1 - p_2 - p_3 > 0. An observation is
/// three coordinates: x_k = 1 in category k, all 0 in the fourth. With x_4 = 1 - x_1 - x_2 - x_3:
///   log p(x; theta) = x_1 log p_1 + x_2 log p_2 + x_3 log p_3 + x_4 log p_4.
/// Information of one observation: diag(1/p_1, 1/p_2, 1/p_3) + 1/p_4 in every entry.
/// Derivation: score_k = x_k/p_k - x_4/p_4, hessian_kl = -[k = l] x_k/p_k^2 - x_4/p_4^2, E x_k = p_k.
struct Categorical {
  static constexpr std::size_t parameter_count = 3;
  static constexpr std::size_t dimension = 3;
  static constexpr Regularity regularity = Regularity::regular;
  /// The smallest fourth probability. Where an estimate of it is smaller or 0, the information is that of this number,
  /// so that every entry stays finite; variances taken from it are right to 3e-8.
  static constexpr double smallest_fourth = 0x1p-26;

  FISHERLAB_API static ModelCard card();

  bool in_space(Theta<double, 3> const& t) const {
    return t[0] > 0 && t[1] > 0 && t[2] > 0 && fourth(t) > smallest_fourth;
  }
  bool in_support(double const* x) const {
    bool all = true;
    for (int k = 0; k < 3; ++k) all = all && (x[k] == 0 || x[k] == 1);
    return all && x[0] + x[1] + x[2] <= 1;
  }

  template <class Real>
  static Real fourth(std::array<Real, 3> const& t) {
    return 1.0 - t[0] - t[1] - t[2];
  }
  /// A category that does not occur adds nothing, also where its estimate is 0.
  template <class Real>
  Real log_density(std::array<Real, 3> const& x, Theta<Real, 3> const& t) const {
    return log_probability(x, fourth(x), t);
  }
  template <class Real>
  Theta<Real, 3> score(std::array<Real, 3> const& x, Theta<Real, 3> const& t) const {
    return score_of(x, fourth(x), t);
  }
  template <class Real>
  Symmetric<Real, 3> hessian(std::array<Real, 3> const& x, Theta<Real, 3> const& t) const {
    return hessian_of(x, fourth(x), t);
  }
  template <class Real>
  Symmetric<Real, 3> information(Theta<Real, 3> const& t) const {
    Real const last = fourth(t);
    Real const common = 1.0 / select(last > Real(smallest_fourth), last, Real(smallest_fourth));
    return {1.0 / t[0] + common, common, 1.0 / t[1] + common, common, common, 1.0 / t[2] + common};
  }

  template <class Real>
  std::array<Real, 3> draw(Theta<double, 3> const& t, Stream<Real>& stream) const {
    Real const u = stream.open_uniform();
    auto const below = [&](double bound) { return select(u < Real(bound), Real(1.0), Real(0.0)); };
    Real const first = below(t[0]), second = below(t[0] + t[1]), third = below(t[0] + t[1] + t[2]);
    return {first, second - first, third - second};
  }

  /// From the numbers of each category.
  FISHERLAB_API Lanes sums(Sample const& sample, Theta<Lanes, 3> const& t, Theta<Lanes, 3>& score,
                           Symmetric<Lanes, 3>& hessian) const;
  /// Numbers of the first three categories.
  struct Totals {
    std::array<Lanes, 3> numbers = {0.0, 0.0, 0.0};
    double count = 0;
    FISHERLAB_API void add(Sample const& tile);
  };
  Totals totals() const { return {}; }
  FISHERLAB_API LaneSet fit(Totals const& totals, Theta<Lanes, 3>& theta) const;
  LaneSet fit(Sample const& sample, Theta<Lanes, 3>& theta) const { return fit(gathered(totals(), sample), theta); }
  template <class Real>
  Theta<Real, 3> mean_of_estimate(Theta<Real, 3> const& t, double) const {
    return t;
  }
  /// The shares, by the completeness of the numbers.
  LaneSet best_unbiased(Sample const& sample, Theta<Lanes, 3>& theta) const { return fit(sample, theta); }

 private:
  /// Of numbers x of the first three categories and `rest` of the fourth.
  template <class Real>
  static Real log_probability(std::array<Real, 3> const& x, Real const& rest, Theta<Real, 3> const& t) {
    auto const term = [](Real const& number, Real const& p) {
      return select(number == Real(0.0), Real(0.0), number * log(p));
    };
    return term(x[0], t[0]) + term(x[1], t[1]) + term(x[2], t[2]) + term(rest, fourth(t));
  }
  template <class Real>
  static Theta<Real, 3> score_of(std::array<Real, 3> const& x, Real const& rest, Theta<Real, 3> const& t) {
    Real const last = rest / fourth(t);
    return {x[0] / t[0] - last, x[1] / t[1] - last, x[2] / t[2] - last};
  }
  template <class Real>
  static Symmetric<Real, 3> hessian_of(std::array<Real, 3> const& x, Real const& rest, Theta<Real, 3> const& t) {
    Real const p4 = fourth(t);
    Real const last = -rest / (p4 * p4);
    auto const own = [&](std::size_t k) { return last - x[k] / (t[k] * t[k]); };
    return {own(0), last, own(1), last, last, own(2)};
  }
};
static_assert(RegularModel<Categorical>);

}  // namespace fisherlab::sim

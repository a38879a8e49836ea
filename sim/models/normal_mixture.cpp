#include "sim/models/normal_mixture.hpp"

#include <array>

#include "sim/math/log_sum.hpp"
#include "sim/models/interface/instantiate.hpp"
#include "sim/models/parts/draw_limits.hpp"

namespace fisherlab::sim {

ModelCard NormalMixture::card() {
  return {.name = "normal_mixture",
          .title = "Mixture of two normal laws",
          .parameters = {"weight", "mean_1", "sd_1", "mean_2", "sd_2"},
          .domains = {Domain::unit, Domain::real, Domain::positive, Domain::real, Domain::positive},
          .constants = {},
          .space = "mean_1 is below mean_2, or they are equal and the sds are not",
          .formula = "log p = log(weight phi(z_1)/sd_1 + (1 - weight) phi(z_2)/sd_2) with z_j = (x - mean_j)/sd_j",
          .support = "x real",
          .information = "no closed form; that of seen components less a trapezoid sum of 145 terms, accurate to 1e-8",
          .estimate =
              "the highest maximum that safeguarded Newton finds from three starts: 25 EM steps each from a split at "
              "the median and from either tail set apart; a start that collapses on single observations is given up",
          .hypotheses =
              "meets them inside the space, but the likelihood is unbounded (a component on one observation, its sd "
              "going to 0): the estimate is a local maximum, and fails where no search finds one; at small n "
              "the highest maximum may be a component on a few close observations; names of the "
              "components are fixed by mean_1 <= mean_2, and estimates may change names where the means are close; as "
              "the components come together the information becomes singular, and n must be large accordingly; every "
              "moment of the estimate exists, given that it is found",
          .moments = {},
          .source =
              "Dempster, Laird and Rubin (1977), J. R. Statist. Soc. B 39, 1-38, for EM; derived in "
              "sim/models/normal_mixture.hpp",
          .draw_problem = &draws::of_mixture};
}

namespace {

/// Sums over a sample from which log likelihood, score and Hessian follow; r_j are the shares, q_j = z_j^2, and
/// d = (z_1, q_1 - 1, z_2, q_2 - 1).
class MixtureSums {
 public:
  explicit MixtureSums(Theta<Lanes, 5> const& t)
      : t_(t),
        inverse_{1.0 / t[2], 1.0 / t[4]},
        log_{log(t[0] * inverse_[0]), log((1.0 - t[0]) * inverse_[1])},
        by_weight_{1.0 / t[0], 1.0 / (1.0 - t[0])} {
    products_.fill(0.0);
    crossed_.fill(0.0);
  }

  FISHERLAB_INLINE void add(Lanes const& x) {
    Lanes const z1 = (x - t_[1]) * inverse_[0], z2 = (x - t_[3]) * inverse_[1];
    Lanes const q1 = z1 * z1, q2 = z2 * z2;
    Lanes const a1 = log_[0] - 0.5 * q1, a2 = log_[1] - 0.5 * q2;
    LaneMask const second = a1 < a2;
    Lanes const ratio = exp(-abs(a1 - a2));
    height_ += select(second, a2, a1);
    log_rest_.add(1.0 + ratio);
    Lanes const large = 1.0 / (1.0 + ratio), small = ratio * large;
    Lanes const r1 = select(second, small, large), r2 = select(second, large, small);
    add_moments(first_, r1, z1, q1);
    add_moments(second_, r2, z2, q2);
    Lanes const w = r1 * by_weight_[0] - r2 * by_weight_[1];
    weight_score_ += w;
    weight_square_ += w * w;
    Lanes const both = small * large;
    std::array<Lanes, 4> const d = {z1, q1 - 1.0, z2, q2 - 1.0};
    for (std::size_t a = 0; a < 4; ++a) {
      Lanes const term = both * d[a];
      crossed_[a] += term;
      for (std::size_t b = 0; b <= a; ++b) products_[packed_index(a, b)] += term * d[b];
    }
  }

  Lanes log_likelihood(double n) const { return height_ + log_rest_.value() - 0.5 * log_two_pi * n; }

  Theta<Lanes, 5> score() const {
    return {weight_score_, first_.z * inverse_[0], (first_.q - first_.r) * inverse_[0], second_.z * inverse_[1],
            (second_.q - second_.r) * inverse_[1]};
  }

  Symmetric<Lanes, 5> hessian() const {
    Symmetric<Lanes, 5> h;
    h[0] = -weight_square_;
    std::array<Lanes, 4> const units = {inverse_[0], inverse_[0], -inverse_[1], -inverse_[1]};
    for (std::size_t a = 0; a < 4; ++a) {
      h[packed_index(a + 1, 0)] = by_weight_[0] * by_weight_[1] * units[a] * crossed_[a];
      for (std::size_t b = 0; b <= a; ++b)
        h[packed_index(a + 1, b + 1)] = units[a] * units[b] * products_[packed_index(a, b)];
    }
    subtract_curvature(h, 1, first_, inverse_[0]);
    subtract_curvature(h, 3, second_, inverse_[1]);
    return h;
  }

 private:
  /// Sums of r, r z and r z^2 of one component.
  struct Moments {
    Lanes r = 0.0, z = 0.0, q = 0.0;
  };
  static FISHERLAB_INLINE void add_moments(Moments& m, Lanes const& r, Lanes const& z, Lanes const& q) {
    m.r += r;
    m.z += r * z;
    m.q += r * q;
  }
  /// r_j H_j of mean and standard deviation, whose places start at `at`.
  static void subtract_curvature(Symmetric<Lanes, 5>& h, std::size_t at, Moments const& m, Lanes const& inverse) {
    Lanes const square = inverse * inverse;
    h[packed_index(at, at)] -= m.r * square;
    h[packed_index(at + 1, at)] -= 2.0 * m.z * square;
    h[packed_index(at + 1, at + 1)] += (m.r - 3.0 * m.q) * square;
  }

  Theta<Lanes, 5> t_;
  std::array<Lanes, 2> inverse_, log_, by_weight_;
  Lanes height_ = 0.0, weight_score_ = 0.0, weight_square_ = 0.0;
  LogSum<Lanes> log_rest_;
  Moments first_, second_;
  std::array<Lanes, 4> crossed_;    ///< r_1 r_2 d
  std::array<Lanes, 10> products_;  ///< r_1 r_2 d d'
};

}  // namespace

Lanes NormalMixture::sums(Sample const& sample, Theta<Lanes, 5> const& t, Theta<Lanes, 5>& score,
                          Symmetric<Lanes, 5>& hessian) const {
  MixtureSums sums(t);
  for (std::int64_t i = 0; i < sample.n(); ++i) sums.add(sample(i));
  score = sums.score();
  hessian = sums.hessian();
  return sums.log_likelihood(static_cast<double>(sample.n()));
}

template AnyModel make<NormalMixture>(std::span<double const>);

}  // namespace fisherlab::sim

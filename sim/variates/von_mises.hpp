#pragma once

#include <cstdint>
#include <utility>

#include "sim/math/angles.hpp"
#include "sim/variates/rejection.hpp"

namespace fisherlab::sim {

/// Rejection from the wrapped Cauchy law, for angles a with density proportional to exp(k cos a), k > 0. Exact.
///
/// The wrapped Cauchy density is proportional to 1/(s - cos a), s > 1, so the ratio of the two is proportional to
/// c exp(-c) with c = k (s - cos a), and at most exp(-1): a candidate is accepted when u < c exp(1 - c). Acceptance is
/// best at s = (1 + sqrt(1 + 4 k^2))/(2k). A wrapped Cauchy angle has tan(a/2) = b tan(h) with h uniform on
/// (-pi/2, pi/2) and b^2 = (s - 1)/(s + 1). All is written with w = k (s - 1) and 1 - cos a = 2 sin^2(a/2), so that no
/// concentration, small or large, loses digits.
/// Source: Best and Fisher (1979), Applied Statistics 28, 152-157; the form in half-angles is derived here.
class VonMisesAttempt {
 public:
  explicit VonMisesAttempt(double concentration) : twice_(2.0 * concentration) {
    double const root = sqrt(1.0 + twice_ * twice_);
    w_ = 0.5 * (1.0 + 1.0 / (root + twice_));
    square_ = w_ / (w_ + twice_);
    b_ = sqrt(square_);
  }

  /// tan(a/2) made of two uniform numbers, and whether it is accepted.
  FISHERLAB_INLINE std::pair<Lanes, LaneMask> operator()(Lanes const& angle, Lanes const& u) const {
    Lanes sine, cosine;  // the cosine is above 0
    sincos_pi(angle - 0.5, sine, cosine);
    Lanes const opposite = square_ * (sine * sine);
    Lanes const c = w_ + twice_ * (opposite / (opposite + cosine * cosine));
    auto accepted = c * (2.0 - c) > u;  // c (2 - c) <= c exp(1 - c)
    if (!all(accepted)) accepted = accepted | (log_positive(c) + (1.0 - c) >= log_positive(u));
    return {b_ * sine / cosine, accepted};
  }

 private:
  double twice_, w_, square_, b_;
};

/// Fills n slots of all lanes with independent angles in [-pi, pi] of the von Mises law of mean 0.
inline void fill_von_mises(Stream<Lanes>& stream, double concentration, Lanes* values, std::int64_t n) {
  VonMisesAttempt const attempt(concentration);
  fill_by_rejection(
      stream, values, n,
      [](Stream<Lanes>& s, Lanes* slots, std::int64_t size) {
        for (std::int64_t i = 0; i < size; ++i) slots[i] = s.open_uniform();
      },
      [&](Stream<Lanes>& s, Lanes const& angle) { return attempt(angle, s.open_uniform()); },
      [&](Stream<Lanes>& s, LaneMask const& active) {
        Lanes const angle = s.open_uniform(active);
        return attempt(angle, s.open_uniform(active));
      });
  for (std::int64_t i = 0; i < n; ++i) values[i] = 2.0 * atan2(values[i], Lanes(1.0));
}

}  // namespace fisherlab::sim

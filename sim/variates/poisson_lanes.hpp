#pragma once

#include <cstdint>

#include "sim/math/log_gamma.hpp"
#include "sim/math/rounding.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::sim {

namespace detail {

/// In the lanes of `where`, the count whose cumulative probability first reaches u; 0 elsewhere. Means below 30. The
/// terms of a lane end where they no longer change its total: what remains is below the spacing of u.
inline Lanes invert_poisson(Lanes const& mean, Lanes const& u, LaneMask const& where) {
  Lanes mass = exp(-mean);
  Lanes total = mass;
  Lanes count = 0.0;
  LaneMask beyond = where & (u > total);
  for (int k = 1; any(beyond); ++k) {
    count = select(beyond, Lanes(static_cast<double>(k)), count);
    mass = mass * (mean * (1.0 / k));
    Lanes const before = total;
    total = total + mass;
    beyond = beyond & (u > total) & (total > before);
  }
  return count;
}

/// Transformed rejection with squeeze for means of 30 and more, one attempt at a time; see PoissonSampler.
class PoissonAttempts {
 public:
  explicit PoissonAttempts(Lanes const& mean)
      : mean_(mean),
        log_mean_(log(mean)),
        b_(0.931 + 2.53 * sqrt(mean)),
        a_(-0.059 + 0.02483 * b_),
        log_inverse_alpha_(log(1.1239 + 1.1328 / (b_ - 3.4))),
        squeeze_(0.9277 - 3.6224 / (b_ - 2.0)) {}

  /// Makes attempts in the lanes of `open` until each has its count; the others keep theirs.
  void draw(Stream<Lanes>& stream, LaneMask open, Lanes& count) const {
    while (any(open)) {
      Lanes const centred = stream.open_uniform(open) - 0.5;
      Lanes const v = stream.open_uniform(open);
      Lanes const us = 0.5 - abs(centred);
      Lanes const k = floor_of((2.0 * a_ / us + b_) * centred + (mean_ + 0.43));
      Lanes const tried = max(k, Lanes(0.0));
      LaneMask accepted = (us >= Lanes(0.07)) & (v <= squeeze_);
      if (any(open & !accepted)) {
        LaneMask const possible = (k >= Lanes(0.0)) & ((us >= Lanes(0.013)) | (v <= us));
        Lanes const square = us * us;
        LaneMask const below = log_positive(v * square / (a_ + b_ * square)) + log_inverse_alpha_ <=
                               tried * log_mean_ - mean_ - lgamma(tried + 1.0);
        accepted = accepted | (possible & below);
      }
      count = select(open & accepted, tried, count);
      open = open & !accepted;
    }
  }

 private:
  Lanes mean_, log_mean_, b_, a_, log_inverse_alpha_, squeeze_;
};

}  // namespace detail

/// Replaces each of n slots of means, one a lane, by a Poisson count of that mean, 0 <= mean < 2^31. Exact: below mean
/// 30 by inversion, the terms summed one by one; from 30 on by transformed rejection with squeeze, each lane on its
/// own, so a lane's counts depend on its own key and means alone. Mean 0 gives 0. Source of the rejection: Hoermann
/// (1993), Insurance: Mathematics and Economics 12, 39-45, PTRS.
inline void means_to_poisson(Stream<Lanes>& stream, Lanes* values, std::int64_t n) {
  for (std::int64_t i = 0; i < n; ++i) {
    Lanes const mean = values[i];
    LaneMask const small = mean < Lanes(30.0);
    Lanes count = detail::invert_poisson(mean, stream.open_uniform(), small);
    if (!all(small)) [[unlikely]]
      detail::PoissonAttempts(max(mean, Lanes(30.0))).draw(stream, !small, count);
    values[i] = count;
  }
}

}  // namespace fisherlab::sim

#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <utility>

#include "sim/lanes.hpp"
#include "sim/math/circular.hpp"
#include "sim/math/elementary.hpp"
#include "sim/random/stream_key.hpp"

namespace fisherlab::sim {

/// The truth value that comparisons of `Real` give: `bool` for `double`, `LaneMask` for `Lanes`.
template <class Real>
using MaskOf = decltype(Real() < Real());

/// An addressed random stream: xoshiro256++ started at the state that Philox gives for a StreamKey.
///
/// `Stream<double>` is one replicate's stream; `Stream<Lanes>` is those of eight consecutive replicates side by side,
/// and lane j gives the bits that `Stream<double>` gives for replicate first + j. A lane never sees its neighbours:
/// where lanes need different numbers of draws, only the lanes of a mask advance.
///
/// `Stream<double>` is also a uniform random bit generator, so the distributions of Boost.Random and of the standard
/// library run on the same stream. Source: Blackman and Vigna (2021), ACM TOMS 47(4), xoshiro256++.
template <class Real>
class Stream {
 public:
  /// 64 bits of each lane.
  using Bits = BitsOf<Real>;
  /// A truth value for each lane.
  using Mask = MaskOf<Real>;
  /// Of the random bit generator.
  using result_type = std::uint64_t;

  /// The stream of replicate `key.replicate` or, for lanes, of the eight replicates from it on.
  explicit Stream(StreamKey const& key) {
    if constexpr (std::is_same_v<Real, double>)
      state_ = initial_state(key);
    else
      state_ = initial_lane_state(key);
  }

  /// The next 64 bits of every lane.
  FISHERLAB_INLINE Bits next() {
    Bits const result = rotate(state_[0] + state_[3], 23) + state_[0];
    Bits const t = state_[1] << 17;
    state_[2] = state_[2] ^ state_[0];
    state_[3] = state_[3] ^ state_[1];
    state_[1] = state_[1] ^ state_[2];
    state_[0] = state_[0] ^ state_[3];
    state_[2] = state_[2] ^ t;
    state_[3] = rotate(state_[3], 45);
    return result;
  }

  /// The next 64 bits; only the lanes of `active` advance, the others repeat theirs next time.
  FISHERLAB_INLINE Bits next(Mask active) {
    auto const before = state_;
    Bits const result = next();
    for (std::size_t word = 0; word < 4; ++word) state_[word] = select(active, state_[word], before[word]);
    return result;
  }

  /// A uniform number in the open interval (0, 1): the midpoints (k + 1/2) 2^-52, equally likely.
  FISHERLAB_INLINE Real open_uniform() { return uniform_of(next()); }
  /// The same; only the lanes of `active` advance.
  FISHERLAB_INLINE Real open_uniform(Mask active) { return uniform_of(next(active)); }

  /// Two independent standard normal numbers (Box and Muller 1958, Ann. Math. Statist. 29, 610-611).
  FISHERLAB_INLINE std::pair<Real, Real> normal_pair() {
    Bits const radius = next();
    return normals_of(radius, next());
  }
  /// The same; only the lanes of `active` advance.
  FISHERLAB_INLINE std::pair<Real, Real> normal_pair(Mask active) {
    Bits const radius = next(active);
    return normals_of(radius, next(active));
  }

  /// A standard normal number; draws come in pairs, and the second waits for the next call.
  FISHERLAB_INLINE Real normal() {
    if (has_spare_) {
      has_spare_ = false;
      return spare_;
    }
    auto const [first, second] = normal_pair();
    spare_ = second;
    has_spare_ = true;
    return first;
  }

  /// A standard exponential number, by inversion.
  FISHERLAB_INLINE Real exponential() { return exponential(1.0); }
  /// An exponential number with that mean. A mean of 1/rate spares each number the division by a rate, and its sign is
  /// that of one product.
  FISHERLAB_INLINE Real exponential(double mean) { return -mean * log_positive(open_uniform()); }

  // The interface of a uniform random bit generator, for one replicate alone.
  /// The least number that the generator gives.
  static constexpr result_type min() { return 0; }
  /// The largest.
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
  /// The next 64 bits.
  result_type operator()() requires std::is_same_v<Real, double> { return next(); }

 private:
  static FISHERLAB_INLINE Bits rotate(Bits const& x, int k) { return (x << k) | (x >> (64 - k)); }
  static FISHERLAB_INLINE Real uniform_of(Bits const& bits) {
    return from_bits((bits >> 12) | Bits(0x3ff0000000000000u)) - Real(1.0 - 0x1p-53);
  }
  static FISHERLAB_INLINE std::pair<Real, Real> normals_of(Bits const& radius_bits, Bits const& angle_bits) {
    Real const radius = sqrt(-2.0 * log_positive(uniform_of(radius_bits)));
    Real s, c;
    sincos_2pi(angle_bits, s, c);
    return {radius * c, radius * s};
  }

  std::array<Bits, 4> state_;
  Real spare_{};
  bool has_spare_ = false;
};

/// The stream of one replicate.
using ScalarStream = Stream<double>;
/// The streams of eight replicates.
using LaneStream = Stream<Lanes>;

}  // namespace fisherlab::sim

#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "sim/variates/rejection.hpp"

namespace fisherlab::sim {

/// P(X <= 0), P(X <= 1) ... of a law of counts with a mean below 30, up to where a further term would not change the
/// sum. With a mass of at most 30^k exp(-30)/k! beyond the mean that is below 2^-54 from k = 87 on, for Poisson's law
/// and so for the binomial, whose tail is lighter; a table that lives on the stack holds it.
class CumulativeTable {
 public:
  void push_back(double probability) {
    if (size_ < entries_.size()) entries_[size_++] = probability;
  }
  bool empty() const { return size_ == 0; }
  double const* begin() const { return entries_.data(); }
  double const* end() const { return entries_.data() + size_; }

 private:
  std::array<double, 128> entries_;
  std::size_t size_ = 0;
};

/// Inversion of uniform numbers u, all lanes in step: the number of entries of `cumulative` below u.
inline Lanes count_by_inversion(CumulativeTable const& cumulative, Lanes const& u) {
  Lanes count = 0.0;
  for (double const c : cumulative) {
    auto const beyond = u > Lanes(c);
    if (!any(beyond)) break;
    count = select(beyond, count + 1.0, count);
  }
  return count;
}

/// What a squeeze says of an attempt: its count, where that is accepted, and where only the exact test can tell.
struct SqueezedAttempt {
  Lanes count;
  LaneMask accepted;
  LaneMask open;
};

/// Attempts, of all lanes in one chunk of slots, that the exact test has yet to decide, eight at a time whatever lanes
/// they are of. A squeeze decides nine in ten, but seldom all eight of a slot.
class OpenAttempts {
 public:
  FISHERLAB_INLINE void add(LaneSet open, std::int64_t slot, Lanes const& u, Lanes const& v) {
    for (unsigned left = open; left != 0; left &= left - 1) {
      int const lane = std::countr_zero(left);
      u_[count_] = u[lane];
      v_[count_] = v[lane];
      of_[count_++] = {static_cast<std::uint8_t>(slot), static_cast<std::uint8_t>(lane)};
    }
  }

  /// Adds to `accepted`, a set for each slot and one for nobody, what `exact(u, v)` accepts.
  template <class Exact>
  void decide(Exact const& exact, LaneSet* accepted) {
    while (count_ % lane_count != 0) {  // attempts of nobody fill the last eight
      u_[count_] = v_[count_] = 0.5;
      of_[count_++] = {rejection_chunk, 0};
    }
    for (std::size_t first = 0; first < count_; first += lane_count) {
      Lanes u, v;
      std::memcpy(static_cast<void*>(&u), &u_[first], sizeof u);
      std::memcpy(static_cast<void*>(&v), &v_[first], sizeof v);
      unsigned const hits = to_set(exact(u, v));
      for (std::size_t k = first; k < first + lane_count; ++k)
        accepted[of_[k].slot] = static_cast<LaneSet>(accepted[of_[k].slot] | (hits >> (k - first) & 1u) << of_[k].lane);
    }
    count_ = 0;
  }

 private:
  struct Place {
    std::uint8_t slot, lane;
  };
  static constexpr std::size_t most = rejection_chunk * lane_count;

  std::array<double, most> u_, v_;
  std::array<Place, most> of_;
  std::size_t count_ = 0;
};

/// Fills n slots by rejection with two uniform numbers an attempt. `squeeze(u, v)` gives a SqueezedAttempt, and
/// `exact(u, v)` where one that it leaves open is accepted.
template <class Squeeze, class Exact>
void fill_by_two_uniforms(Stream<Lanes>& stream, Lanes* values, std::int64_t n, Squeeze const& squeeze,
                          Exact const& exact) {
  MissedSlots missed;
  OpenAttempts open;
  std::array<LaneSet, rejection_chunk + 1> accepted{};
  auto const retry = [&](Stream<Lanes>& s, LaneMask const& active) {
    Lanes const u = s.open_uniform(active);
    Lanes const v = s.open_uniform(active);
    auto const tried = squeeze(u, v);
    auto const hit = any(tried.open & active) ? tried.accepted | (tried.open & exact(u, v)) : tried.accepted;
    return std::pair(tried.count, hit);
  };
  for (std::int64_t begin = 0; begin < n; begin += rejection_chunk) {
    Lanes* const slots = values + begin;
    auto const size = std::min(rejection_chunk, n - begin);
    for (std::int64_t i = 0; i < size; ++i) slots[i] = stream.open_uniform();
    for (std::int64_t i = 0; i < size; ++i) {
      Lanes const u = slots[i];
      Lanes const v = stream.open_uniform();
      auto const tried = squeeze(u, v);
      slots[i] = tried.count;
      accepted[static_cast<std::size_t>(i)] = to_set(tried.accepted);
      open.add(to_set(tried.open), i, u, v);
    }
    open.decide(exact, accepted.data());
    for (std::int64_t i = 0; i < size; ++i)
      missed.add(static_cast<LaneSet>(~accepted[static_cast<std::size_t>(i)] & all_lanes), i);
    missed.fill(stream, slots, retry);
  }
}

}  // namespace fisherlab::sim

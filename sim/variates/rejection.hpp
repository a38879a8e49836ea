#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <functional>
#include <type_traits>
#include <utility>

#include "sim/random/stream.hpp"

namespace fisherlab::sim {

/// Slots are filled in chunks of this many.
inline constexpr std::int64_t rejection_chunk = 128;

/// The slots of a chunk that each lane has yet to fill.
class MissedSlots {
 public:
  FISHERLAB_INLINE void add(LaneSet rejected, std::int64_t slot) {
    for (unsigned left = rejected; left != 0; left &= left - 1) {
      auto const lane = static_cast<std::size_t>(std::countr_zero(left));
      missed_[lane][waiting_[lane]++] = static_cast<std::uint8_t>(slot);
    }
  }

  /// Each lane retries the slots that it missed, several lanes and different slots in one attempt. A lane with nothing
  /// left to retry does not advance, so its stream and its values depend on its own key alone.
  template <class Retry>
  FISHERLAB_INLINE void fill(Stream<Lanes>& stream, Lanes* slots, Retry const& retry) {
    for (;;) {
      unsigned active = 0;
      for (std::size_t lane = 0; lane < lane_count; ++lane) active |= static_cast<unsigned>(waiting_[lane] > 0) << lane;
      if (active == 0) break;
      auto const [value, accepted] = retry(stream, to_mask(static_cast<LaneSet>(active)));
      for (unsigned hit = active & to_set(accepted); hit != 0; hit &= hit - 1) {
        auto const lane = static_cast<std::size_t>(std::countr_zero(hit));
        slots[missed_[lane][--waiting_[lane]]].set(static_cast<int>(lane), value[static_cast<int>(lane)]);
      }
    }
  }

 private:
  std::array<std::array<std::uint8_t, rejection_chunk>, lane_count> missed_;
  std::array<std::uint8_t, lane_count> waiting_{};
};

/// Fills `values[0..n)` by rejection, every lane on its own. In chunks: first one attempt for every slot, all lanes in
/// step; then each lane retries the slots that it missed.
///
/// `propose(stream, slots, size)` puts the raw material of an attempt into each slot, `attempt(stream, material)` makes
/// the attempt, and `retry(stream, mask)` does both for the lanes of `mask`; an attempt is a pair (value, accepted).
/// Proposals run ahead in a loop of their own because the processor overlaps short loop bodies better. `finish(value)`
/// is what becomes of each number once its chunk is filled, while that is in the cache.
template <class Propose, class Attempt, class Retry, class Finish = std::identity>
void fill_by_rejection(Stream<Lanes>& stream, Lanes* values, std::int64_t n, Propose const& propose,
                       Attempt const& attempt, Retry const& retry, Finish const& finish = {}) {
  MissedSlots missed;
  for (std::int64_t begin = 0; begin < n; begin += rejection_chunk) {
    Lanes* const slots = values + begin;
    auto const size = std::min(rejection_chunk, n - begin);
    propose(stream, slots, size);
    for (std::int64_t i = 0; i < size; ++i) {
      auto const [value, accepted] = attempt(stream, slots[i]);
      slots[i] = value;
      missed.add(to_set(!accepted), i);
    }
    missed.fill(stream, slots, retry);
    if constexpr (!std::is_same_v<Finish, std::identity>)
      for (std::int64_t i = 0; i < size; ++i) slots[i] = finish(slots[i]);
  }
}

}  // namespace fisherlab::sim

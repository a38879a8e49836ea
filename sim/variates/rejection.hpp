#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <utility>

#include "sim/random/stream.hpp"

namespace fisherlab::sim {

/// Fills `values[0..n)` by rejection, every lane on its own. In chunks of 128 slots: first one attempt for every slot,
/// all lanes in step; then each lane retries the slots that it missed, several lanes and different slots in one
/// attempt. A lane with nothing left to retry does not advance, so its stream and its values depend on its own key
/// alone.
///
/// `propose(stream, slots, size)` puts the raw material of an attempt into each slot, `attempt(stream, material)` makes
/// the attempt, and `retry(stream, mask)` does both for the lanes of `mask`; an attempt is a pair (value, accepted).
/// Proposals run ahead in a loop of their own because the processor overlaps short loop bodies better.
template <class Propose, class Attempt, class Retry>
void fill_by_rejection(Stream<Lanes>& stream, Lanes* values, std::int64_t n, Propose const& propose,
                       Attempt const& attempt, Retry const& retry) {
  constexpr std::int64_t chunk = 128;
  std::array<std::array<std::uint8_t, chunk>, lane_count> missed;
  std::array<std::uint8_t, lane_count> waiting{};

  for (std::int64_t begin = 0; begin < n; begin += chunk) {
    Lanes* const slots = values + begin;
    auto const size = std::min(chunk, n - begin);
    propose(stream, slots, size);
    for (std::int64_t i = 0; i < size; ++i) {
      auto const [value, accepted] = attempt(stream, slots[i]);
      slots[i] = value;
      for (unsigned rejected = to_set(!accepted); rejected != 0; rejected &= rejected - 1) {
        auto const lane = static_cast<std::size_t>(std::countr_zero(rejected));
        missed[lane][waiting[lane]++] = static_cast<std::uint8_t>(i);
      }
    }

    for (;;) {
      unsigned active = 0;
      for (std::size_t lane = 0; lane < lane_count; ++lane) active |= static_cast<unsigned>(waiting[lane] > 0) << lane;
      if (active == 0) break;
      auto const [value, accepted] = retry(stream, to_mask(static_cast<LaneSet>(active)));
      for (unsigned hit = active & to_set(accepted); hit != 0; hit &= hit - 1) {
        auto const lane = static_cast<std::size_t>(std::countr_zero(hit));
        slots[missed[lane][--waiting[lane]]].set(static_cast<int>(lane), value[static_cast<int>(lane)]);
      }
    }
  }
}

}  // namespace fisherlab::sim

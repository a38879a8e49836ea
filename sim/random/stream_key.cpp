#include "sim/random/stream_key.hpp"

#include <Random123/philox.h>

namespace fisherlab::sim {

std::array<std::uint64_t, 4> initial_state(StreamKey const& key) {
  // The second key word separates these streams from any other use of Philox with the same seed.
  r123::Philox4x64::key_type const philox_key = {{key.seed, 0x6669736865726c61u}};
  r123::Philox4x64::ctr_type const counter = {{key.replicate, key.scenario, 0, 0}};
  auto const block = r123::Philox4x64()(counter, philox_key);
  return {block[0], block[1], block[2], block[3]};
}

std::array<LaneBits, 4> initial_lane_state(StreamKey const& first) {
  std::array<LaneBits, 4> state;
  StreamKey key = first;
  for (int lane = 0; lane < lane_count; ++lane, ++key.replicate) {
    auto const one = initial_state(key);
    for (std::size_t word = 0; word < 4; ++word) state[word].set(lane, one[word]);
  }
  return state;
}

}  // namespace fisherlab::sim

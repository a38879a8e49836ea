#include "sim/random/stream_key.hpp"

#include <Random123/philox.h>

namespace fisherlab::sim {

std::uint64_t stable_hash(std::string_view text) {
  std::uint64_t h = 0xcbf29ce484222325u;
  for (char const c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9u;
  h = (h ^ (h >> 27)) * 0x94d049bb133111ebu;
  return h ^ (h >> 31);
}

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

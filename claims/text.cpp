#include "claims/text.hpp"

#include <array>
#include <charconv>
#include <cstddef>

#include "sim/random/stream_key.hpp"

namespace fisherlab::claims {

std::string number_text(double x) {
  std::array<char, 32> buffer;
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), x).ptr};
}

std::string fingerprint_text(std::vector<std::uint64_t> const& fingerprints) {
  std::string bytes;
  for (auto const print : fingerprints)
    for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(print >> shift & 255);
  std::uint64_t hash = sim::stable_hash(bytes);
  std::string text(16, '0');
  for (std::size_t k = 16; k-- > 0; hash >>= 4) text[k] = "0123456789abcdef"[hash & 15];
  return text;
}

}  // namespace fisherlab::claims

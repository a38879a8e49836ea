#include "base/hash.hpp"

#include <cstddef>

namespace fisherlab {

std::uint64_t stable_hash(std::string_view text) {
  std::uint64_t h = 0xcbf29ce484222325u;
  for (char const c : text) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9u;
  h = (h ^ (h >> 27)) * 0x94d049bb133111ebu;
  return h ^ (h >> 31);
}

std::string fingerprint_text(std::vector<std::uint64_t> const& fingerprints) {
  std::string bytes;
  for (auto const print : fingerprints)
    for (int shift = 0; shift < 64; shift += 8) bytes += static_cast<char>(print >> shift & 255);
  std::uint64_t hash = stable_hash(bytes);
  std::string text(16, '0');
  for (std::size_t k = 16; k-- > 0; hash >>= 4) text[k] = "0123456789abcdef"[hash & 15];
  return text;
}

}  // namespace fisherlab

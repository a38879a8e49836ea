#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fisherlab {

/// A stable 64-bit hash of a text (FNV-1a, then the finaliser of SplitMix64 so that texts that differ in one digit
/// differ in every bit with probability one half). Source: Fowler, Noll and Vo; Steele, Lea and Flood (2014).
std::uint64_t stable_hash(std::string_view text);

/// One hash over the fingerprints of several tallies, in order, as 16 hexadecimal digits.
std::string fingerprint_text(std::vector<std::uint64_t> const& fingerprints);

}  // namespace fisherlab

#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fisherlab::claims {

/// The shortest decimal text that reads back as the same double (std::to_chars).
std::string number_text(double x);

/// One hash over the fingerprints of several tallies, in order, as 16 hexadecimal digits.
std::string fingerprint_text(std::vector<std::uint64_t> const& fingerprints);

}  // namespace fisherlab::claims

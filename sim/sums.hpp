#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/api.hpp"
#include "sim/lanes.hpp"

namespace fisherlab::sim {

/// Adds the terms of [begin, end) to four sums side by side, since a sum's next term waits for its last.
template <class Term>
FISHERLAB_INLINE void add_terms(std::array<Lanes, 4>& sums, std::int64_t begin, std::int64_t end, Term const& term) {
  auto s = sums;
  std::int64_t i = begin;
  for (; i + 4 <= end; i += 4)
    for (std::size_t k = 0; k < 4; ++k) s[k] += term(i + static_cast<std::int64_t>(k));
  for (std::size_t k = 0; i < end; ++i, ++k) s[k] += term(i);
  sums = s;
}

/// The sum of the terms of [begin, end).
template <class Term>
FISHERLAB_INLINE Lanes sum_of_terms(std::int64_t begin, std::int64_t end, Term const& term) {
  std::array<Lanes, 4> sums = {0.0, 0.0, 0.0, 0.0};
  add_terms(sums, begin, end, term);
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

}  // namespace fisherlab::sim

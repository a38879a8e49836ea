#pragma once

#include <cstdint>

#include "base/api.hpp"
#include "sim/lanes.hpp"

namespace fisherlab::sim {

/// Adds the terms of [begin, end) to four sums side by side, since a sum's next term waits for its last.
template <class Term>
FISHERLAB_INLINE void add_terms(Lanes (&sums)[4], std::int64_t begin, std::int64_t end, Term const& term) {
  Lanes s[4] = {sums[0], sums[1], sums[2], sums[3]};
  std::int64_t i = begin;
  for (; i + 4 <= end; i += 4)
    for (int k = 0; k < 4; ++k) s[k] += term(i + k);
  for (int k = 0; i < end; ++i, ++k) s[k] += term(i);
  for (int k = 0; k < 4; ++k) sums[k] = s[k];
}

/// The sum of the terms of [begin, end).
template <class Term>
FISHERLAB_INLINE Lanes sum_of_terms(std::int64_t begin, std::int64_t end, Term const& term) {
  Lanes sums[4] = {0.0, 0.0, 0.0, 0.0};
  add_terms(sums, begin, end, term);
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

}  // namespace fisherlab::sim

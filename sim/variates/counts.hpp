#pragma once

#include <cstdint>
#include <vector>

#include "sim/variates/rejection.hpp"

namespace fisherlab::sim {

/// Inversion of uniform numbers u, all lanes in step: the number of entries of `cumulative` below u.
/// `cumulative`: P(X <= 0), P(X <= 1) ..., up to where a further term would not change the sum.
inline Lanes count_by_inversion(std::vector<double> const& cumulative, Lanes const& u) {
  Lanes count = 0.0;
  for (double const c : cumulative) {
    auto const beyond = u > Lanes(c);
    if (!any(beyond)) break;
    count = select(beyond, count + 1.0, count);
  }
  return count;
}

/// Fills n slots by rejection with two uniform numbers an attempt: `attempt(u, v)` gives (count, accepted).
template <class Attempt>
void fill_by_two_uniforms(Stream<Lanes>& stream, Lanes* values, std::int64_t n, Attempt const& attempt) {
  fill_by_rejection(
      stream, values, n,
      [](Stream<Lanes>& s, Lanes* slots, std::int64_t size) {
        for (std::int64_t i = 0; i < size; ++i) slots[i] = s.open_uniform();
      },
      [&](Stream<Lanes>& s, Lanes const& u) { return attempt(u, s.open_uniform()); },
      [&](Stream<Lanes>& s, LaneMask const& active) {
        Lanes const u = s.open_uniform(active);
        return attempt(u, s.open_uniform(active));
      });
}

}  // namespace fisherlab::sim

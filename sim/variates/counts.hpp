#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/variates/rejection.hpp"

namespace fisherlab::sim {

/// P(X <= 0), P(X <= 1) ... of a law of counts with a mean below 30, up to where a further term would not change the
/// sum. With a mass of at most 30^k exp(-30)/k! beyond the mean that is below 2^-54 from k = 87 on, for Poisson's law
/// and so for the binomial, whose tail is lighter; a table that lives on the stack holds it.
class CumulativeTable {
 public:
  void push_back(double probability) {
    if (size_ < entries_.size()) entries_[size_++] = probability;
  }
  bool empty() const { return size_ == 0; }
  double const* begin() const { return entries_.data(); }
  double const* end() const { return entries_.data() + size_; }

 private:
  std::array<double, 128> entries_;
  std::size_t size_ = 0;
};

/// Inversion of uniform numbers u, all lanes in step: the number of entries of `cumulative` below u.
inline Lanes count_by_inversion(CumulativeTable const& cumulative, Lanes const& u) {
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

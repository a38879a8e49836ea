#pragma once

#include <cstdint>
#include <functional>

#include "sim/random/stream.hpp"

namespace fisherlab::sim {

/// Fills n slots of all lanes with independent standard normal numbers, each handed on by `finish`: those of
/// `Stream::normal()`, a pair at a time; of the last pair of an odd n the second is left out.
template <class Finish = std::identity>
FISHERLAB_INLINE void fill_normal(Stream<Lanes>& stream, Lanes* values, std::int64_t n, Finish const& finish = {}) {
  auto own = stream;  // what is stored does not change it, so it stays in registers
  std::int64_t i = 0;
  for (; i + 1 < n; i += 2) {
    auto const [first, second] = own.normal_pair();
    values[i] = finish(first);
    values[i + 1] = finish(second);
  }
  if (i < n) values[i] = finish(own.normal_pair().first);
  stream = own;
}

}  // namespace fisherlab::sim

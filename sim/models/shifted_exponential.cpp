#include "sim/models/shifted_exponential.hpp"

#include "sim/models/interface/instantiate.hpp"

namespace fisherlab::sim {

void ShiftedExponential::Totals::add(Sample const& tile) {
  each_tile(tile.n(), [&](std::int64_t begin, std::int64_t size) {
    std::int64_t const end = begin + size;
    Lanes least = tile(begin);
    for (std::int64_t i = begin + 1; i < end; ++i) least = min(least, tile(i));
    Lanes sum = 0.0;
    for (std::int64_t i = begin; i < end; ++i) sum += tile(i) - least;
    auto const here = static_cast<double>(size);
    if (count_ > 0) {
      Lanes const least_of_both = min(least_, least);
      sum = (sum_above_ + count_ * (least_ - least_of_both)) + (sum + here * (least - least_of_both));
      least = least_of_both;
    }
    count_ += here;
    least_ = least;
    sum_above_ = sum;
  });
}

template AnyModel make<ShiftedExponential>(std::span<double const>);

}  // namespace fisherlab::sim

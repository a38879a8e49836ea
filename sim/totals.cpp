#include "sim/totals.hpp"

#include "sim/sums.hpp"

namespace fisherlab::sim {

void SampleTotal::add(Sample const& tile) {
  add_terms(sums_, 0, tile.n(), [&](std::int64_t i) { return tile(i); });
  count_ += tile.n();
}

void SampleSpread::add(Sample const& tile) {
  each_tile(tile.n(), [&](std::int64_t begin, std::int64_t size) {
    std::int64_t const end = begin + size;
    auto const here = static_cast<double>(size), before = static_cast<double>(count_);
    Lanes const mean = sum_of_terms(begin, end, [&](std::int64_t i) { return tile(i); }) / Lanes(here);
    Lanes const squares = sum_of_terms(begin, end, [&](std::int64_t i) {
      Lanes const d = tile(i) - mean;
      return d * d;
    });
    count_ += size;
    if (before == 0) {
      mean_ = mean;
      squares_ = squares;
      return;
    }
    double const share = here / (before + here);
    Lanes const apart = mean - mean_;
    mean_ = mean_ + share * apart;
    squares_ = (squares_ + squares) + apart * apart * (before * share);
  });
}

}  // namespace fisherlab::sim

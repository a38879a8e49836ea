#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/lanes.hpp"

namespace fisherlab::sim {

/// Eight samples of size n side by side: observation i, coordinate d of all lanes is one `Lanes` value.
/// Memory: n x dimension x 64 bytes.
class Sample {
 public:
  /// Room for n observations of `dimension` coordinates in each lane, all 0.
  Sample(std::int64_t n, int dimension)
      : n_(n), dimension_(dimension), values_(static_cast<std::size_t>(n) * static_cast<std::size_t>(dimension)) {}

  /// Observations of each sample.
  std::int64_t n() const { return n_; }
  /// Coordinates of an observation.
  int dimension() const { return dimension_; }

  /// Coordinate d of observation i, all lanes.
  Lanes& operator()(std::int64_t i, int d = 0) { return values_[index(i, d)]; }
  /// The same, to read.
  Lanes const& operator()(std::int64_t i, int d = 0) const { return values_[index(i, d)]; }

  /// The first coordinate of the first observation; observations follow each other, `dimension` values apart.
  Lanes* data() { return values_.data(); }
  /// The same, to read.
  Lanes const* data() const { return values_.data(); }

 private:
  std::size_t index(std::int64_t i, int d) const {
    return static_cast<std::size_t>(i) * static_cast<std::size_t>(dimension_) + static_cast<std::size_t>(d);
  }

  std::int64_t n_;
  int dimension_;
  std::vector<Lanes> values_;
};

}  // namespace fisherlab::sim

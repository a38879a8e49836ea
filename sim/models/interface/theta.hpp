#pragma once

#include <array>
#include <cstddef>

#include "sim/lanes.hpp"

namespace fisherlab::sim {

/// A parameter vector of p components.
template <class Real, std::size_t p>
using Theta = std::array<Real, p>;

/// Number of distinct entries of a symmetric p x p matrix.
constexpr std::size_t packed_size(std::size_t p) { return p * (p + 1) / 2; }

/// Place of entry (row, column) of a symmetric matrix packed as its lower triangle, row by row.
constexpr std::size_t packed_index(std::size_t row, std::size_t column) {
  return row >= column ? row * (row + 1) / 2 + column : column * (column + 1) / 2 + row;
}

/// A symmetric p x p matrix, packed.
template <class Real, std::size_t p>
using Symmetric = std::array<Real, packed_size(p)>;

/// One observation of a model: a number where it has one coordinate, else an array.
template <class Real, std::size_t dimension>
struct ObservationType {
  using type = std::array<Real, dimension>;  ///< the array
};
/// A number.
template <class Real>
struct ObservationType<Real, 1> {
  using type = Real;  ///< the number
};

}  // namespace fisherlab::sim

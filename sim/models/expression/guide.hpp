#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace fisherlab::sim {

/// Finds which of ascending pieces of (0, 1) a probability lies in, by a table of first guesses: on average in one
/// step. Source: Chen and Asau (1974), Management Science 21, 82-83.
class Guide {
 public:
  Guide() = default;
  /// `ends`: of the pieces, ascending.
  explicit Guide(std::vector<double> ends) : ends_(std::move(ends)), first_(size) {
    std::size_t piece = 0;
    for (std::size_t k = 0; k < size; ++k) {
      double const from = static_cast<double>(k) / size;
      while (piece + 1 < ends_.size() && ends_[piece] <= from) ++piece;
      first_[k] = piece;
    }
  }

  std::size_t piece_of(double u) const {
    auto piece = first_[static_cast<std::size_t>(u * size)];
    while (piece + 1 < ends_.size() && ends_[piece] <= u) ++piece;
    return piece;
  }
  double end_of(std::size_t piece) const { return ends_[piece]; }

 private:
  static constexpr std::size_t size = 2048;

  std::vector<double> ends_;
  std::vector<std::size_t> first_;
};

}  // namespace fisherlab::sim

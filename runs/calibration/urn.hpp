#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "sim/random/stream.hpp"

namespace fisherlab::runs {

/// Draws indices with given probabilities (Walker 1977, the alias method as in Vose 1991).
class Urn {
 public:
  explicit Urn(std::vector<double> const& law) : keep_(law.size()), other_(law.size()) {
    auto const count = static_cast<double>(law.size());
    double total = 0;
    for (double const p : law) total += p;
    std::vector<std::size_t> small, large;
    for (std::size_t i = 0; i < law.size(); ++i) {
      keep_[i] = law[i] * count / total;
      other_[i] = i;
      (keep_[i] < 1 ? small : large).push_back(i);
    }
    while (!small.empty() && !large.empty()) {
      auto const s = small.back(), l = large.back();
      small.pop_back();
      other_[s] = l;
      keep_[l] -= 1 - keep_[s];
      if (keep_[l] >= 1) continue;
      large.pop_back();
      small.push_back(l);
    }
    for (auto const i : small) keep_[i] = 1;
    for (auto const i : large) keep_[i] = 1;
  }

  /// How many there are.
  std::size_t size() const { return keep_.size(); }

  std::size_t draw(sim::ScalarStream& stream) const {
    double const u = stream.open_uniform() * static_cast<double>(keep_.size());
    auto const i = std::min(static_cast<std::size_t>(u), keep_.size() - 1);
    return u - static_cast<double>(i) < keep_[i] ? i : other_[i];
  }

 private:
  std::vector<double> keep_;
  std::vector<std::size_t> other_;
};

}  // namespace fisherlab::runs

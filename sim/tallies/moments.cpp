#include "sim/tallies/moments.hpp"

#include <cstddef>

#include "sim/models/interface/theta.hpp"

namespace fisherlab::sim {

Moments::Moments(int dimension)
    : mean(static_cast<std::size_t>(dimension)), comoments(packed_size(static_cast<std::size_t>(dimension))) {}

void Moments::merge(Moments const& other) {
  if (other.count == 0) return;
  if (count == 0) {
    *this = other;
    return;
  }
  auto const total = static_cast<double>(count + other.count);
  double const share = static_cast<double>(other.count) / total;
  double const weight = static_cast<double>(count) * share;
  std::vector<double> delta(mean.size());
  for (std::size_t a = 0; a < mean.size(); ++a) delta[a] = other.mean[a] - mean[a];
  for (std::size_t a = 0; a < mean.size(); ++a)
    for (std::size_t b = 0; b <= a; ++b) {
      auto const k = packed_index(a, b);
      comoments[k] = comoments[k] + other.comoments[k] + weight * delta[a] * delta[b];
    }
  for (std::size_t a = 0; a < mean.size(); ++a) mean[a] = mean[a] + share * delta[a];
  count += other.count;
}

double Moments::covariance(int a, int b) const {
  auto const k = packed_index(static_cast<std::size_t>(a), static_cast<std::size_t>(b));
  return comoments[k] / static_cast<double>(count - 1);
}

double Moments::variance(int component) const { return covariance(component, component); }

}  // namespace fisherlab::sim
